package ai.pathbound.identities.json;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Adds {@code Link: <…>; rel="next"} (RFC 8288) to each page behind which there is another one. The
 * link is the request's own path and query, with the next {@code after}; without a host, since a
 * service behind a proxy does not know the name that its client used.
 */
class NextLink {
  @ServerResponseFilter
  void add(ContainerResponseContext response, UriInfo request, RoutingContext context) {
    if (response.getEntity() instanceof Paged page
        && page.pagination() != null
        && page.pagination().nextAfter() != null) {
      response
          .getHeaders()
          .add(
              HttpHeaders.LINK,
              "<"
                  + context.request().path()
                  + next(request, page.pagination())
                  + ">; rel=\"next\"");
    }
  }

  private static String next(UriInfo request, Pagination pagination) {
    Map<String, String> query = new TreeMap<>();
    request.getQueryParameters().forEach((name, values) -> query.put(name, values.get(0)));
    query.put("limit", Integer.toString(pagination.limit()));
    query.put("after", pagination.nextAfter());
    StringJoiner parameters = new StringJoiner("&", "?", "");
    query.forEach((name, value) -> parameters.add(encoded(name) + "=" + encoded(value)));
    return parameters.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
