package ai.pathbound.identities.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one mapper of REST. It names the types for which the framework has mappers of its own, since
 * those would be nearer than {@link Throwable}.
 */
class ErrorMapper {
  private static final String JSON = MediaType.APPLICATION_JSON + ";charset=UTF-8";

  private final ErrorResponses errors;

  ErrorMapper(ErrorResponses errors) {
    this.errors = errors;
  }

  @ServerExceptionMapper({
    Throwable.class,
    WebApplicationException.class,
    NotFoundException.class,
    MismatchedInputException.class,
    UnauthorizedException.class,
    ForbiddenException.class,
    AuthenticationFailedException.class,
    AuthenticationCompletionException.class,
    AuthenticationRedirectException.class
  })
  Response map(Throwable failure, ResourceInfo resource, RoutingContext context) {
    ErrorResponses.FailedRequest request =
        new ErrorResponses.FailedRequest(
            context.request().method().name(),
            context.request().path(),
            context.request().getHeader(HttpHeaders.AUTHORIZATION),
            failure instanceof ForbiddenException ? neededScope(resource) : "");
    ErrorResponse error = errors.to(meaning(failure, request.method()), request);
    // Serialised here: nothing to negotiate, whatever the client accepts.
    Response.ResponseBuilder response =
        Response.status(error.status()).type(JSON).entity(errors.body(error));
    error.headers().forEach(response::header);
    return response.build();
  }

  /** What a failure means to the client, where the framework's own word for it says too little. */
  private static Throwable meaning(Throwable failure, String method) {
    // A path that begins like another class's is a 404 to the framework, whatever the method.
    if (failure instanceof NotFoundException) {
      String allowed = AllowedMethods.ofCurrentRequest();
      if (!allowed.isEmpty() && !List.of(allowed.split(", ")).contains(method)) {
        return new WebApplicationException(Response.Status.METHOD_NOT_ALLOWED);
      }
    }
    return failure;
  }

  private static String neededScope(ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    RolesAllowed roles = method == null ? null : method.getAnnotation(RolesAllowed.class);
    if (roles == null && resource.getResourceClass() != null) {
      roles = resource.getResourceClass().getAnnotation(RolesAllowed.class);
    }
    return roles == null ? "" : String.join(" ", roles.value());
  }
}
