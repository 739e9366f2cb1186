package ai.pathbound.identities.problem;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/**
 * Finds the methods that a path takes. A 405 must name them (RFC 9110, section 15.5.6), and the
 * framework's does not.
 */
final class AllowedMethods {
  private AllowedMethods() {}

  /** The methods for the path of the request under way, separated by commas; may be empty. */
  static String ofCurrentRequest() {
    ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    Set<String> methods = new TreeSet<>();
    if (request != null) {
      Deployment deployment = request.getDeployment();
      RequestMatch<InitialMatch> match =
          new RequestMapper<>(deployment.getClassMappers()).map(request.getPathWithoutPrefix());
      if (match != null) {
        for (ServerRestHandler handler : match.value.handlers) {
          if (handler instanceof ClassRoutingHandler routing) {
            collect(routing.getMappers(), match.remaining, methods);
          }
        }
      }
    }
    return String.join(", ", methods);
  }

  private static void collect(
      Map<String, RequestMapper<RuntimeResource>> mappers, String rest, Set<String> methods) {
    mappers.forEach(
        (method, mapper) -> {
          RequestMatch<RuntimeResource> match = mapper.map(rest.isEmpty() ? "/" : rest);
          if (method != null && match != null && match.remaining.isEmpty()) {
            methods.add(method);
          }
        });
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    if (!methods.isEmpty()) {
      methods.add("OPTIONS");
    }
  }
}
