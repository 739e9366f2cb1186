package ai.pathbound.identities.json;

import ai.pathbound.identities.problem.RefusalException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses an empty parameter of a query where the call knows one of that name. RESTEasy Reactive
 * hands it to the call as an absent one: a page asked for with an empty {@code after} would be the
 * first one again, and a list with an empty filter all of it. Runs after authorization, and after
 * the call was counted.
 */
class EmptyParameters {
  private static final String API = "/v1/";
  private static final Pattern EMPTY = Pattern.compile("(^|&)[^=&]*=?(&|$)");

  @ServerRequestFilter(priority = Priorities.USER + 1)
  void refuse(ResourceInfo call, RoutingContext request) {
    String query = request.request().query();
    if (query == null
        || !EMPTY.matcher(query).find()
        || !request.request().path().startsWith(API)) {
      return;
    }
    Arrays.stream(call.getResourceMethod().getParameters())
        .map(parameter -> parameter.getAnnotation(QueryParam.class))
        .filter(Objects::nonNull)
        .map(QueryParam::value)
        .filter(name -> "".equals(request.queryParams().get(name)))
        .findFirst()
        .ifPresent(
            name -> {
              throw RefusalException.invalid(name, "must not be empty");
            });
  }
}
