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
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one mapper of REST. It names the types for which the framework has mappers of its own, since
 * those would be nearer than {@link Throwable}.
 */
class ErrorMapper {
  private static final String JSON = MediaType.APPLICATION_JSON + ";charset=UTF-8";

  private final Answers answers;

  ErrorMapper(Answers answers) {
    this.answers = answers;
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
    Answers.Request request =
        new Answers.Request(
            context.request().method().name(),
            context.request().path(),
            context.request().getHeader(HttpHeaders.AUTHORIZATION),
            failure instanceof ForbiddenException ? neededScope(resource) : "");
    Answer answer = answers.to(failure, request);
    // Serialised here: nothing to negotiate, whatever the client accepts.
    Response.ResponseBuilder response =
        Response.status(answer.status()).type(JSON).entity(answers.body(answer));
    answer.headers().forEach(response::header);
    return response.build();
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
