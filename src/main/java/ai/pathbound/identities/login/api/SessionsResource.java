package ai.pathbound.identities.login.api;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import ai.pathbound.identities.tenant.TenantId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** An identity's logins: all that are kept, and the end of one. */
@RegisterForReflection // A 403 reads the scope off the method.
@Path("/v1/identities/{identity_id}/linkedin/sessions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.WRITE)
public class SessionsResource {
  private static final String IDENTITY = "identity_id";
  private static final String STATUSES =
      Arrays.stream(LoginStatus.values())
          .map(LoginStatus::wireName)
          .collect(Collectors.joining(", "));

  private final CurrentCaller caller;
  private final LoginStore logins;
  private final SessionsOperations sessions;

  SessionsResource(CurrentCaller caller, LoginStore logins, SessionsOperations sessions) {
    this.caller = caller;
    this.logins = logins;
    this.sessions = sessions;
  }

  /** A page of logins, newest first. */
  @GET
  public Uni<LinkedInResponses.Sessions> list(
      @PathParam(IDENTITY) String identityId,
      @QueryParam("status") String status,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    TenantId tenant = caller.tenant();
    IdentityId identity = LinkedInResource.identity(identityId);
    return logins
        .requireIdentity(tenant, identity)
        .flatMap(
            found ->
                sessions.page(
                    tenant,
                    identity,
                    Optional.ofNullable(status).map(SessionsResource::requireStatus),
                    Optional.ofNullable(after).map(SessionsResource::requireAfter),
                    limit == null ? Pagination.MAX_LIMIT : Pagination.requireLimit(limit)));
  }

  /** Ends a login under way. */
  @DELETE
  @Path("{session_id}")
  public Uni<LinkedInResponses.Standing> cancel(
      @PathParam(IDENTITY) String identityId, @PathParam("session_id") String sessionId) {
    return sessions.cancel(
        caller.get(), LinkedInResource.identity(identityId), LinkedInResource.session(sessionId));
  }

  private static LoginStatus requireStatus(String word) {
    return Arrays.stream(LoginStatus.values())
        .filter(status -> status.wireName().equals(word))
        .findFirst()
        .orElseThrow(() -> RefusalException.invalid("status", "must be one of " + STATUSES));
  }

  private static SessionId requireAfter(String after) {
    return SessionId.parse(after)
        .orElseThrow(
            () ->
                RefusalException.invalid("after", "must be the session_id of a list's last item"));
  }
}
