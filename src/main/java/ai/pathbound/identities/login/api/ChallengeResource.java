package ai.pathbound.identities.login.api;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.json.JsonBody;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The calls by which a challenge is sent again, or another one is chosen. */
@RegisterForReflection // A 403 reads the scope off the method.
@Path("/v1/identities/{identity_id}/linkedin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.WRITE)
public class ChallengeResource {
  private static final String IDENTITY = "identity_id";
  private static final String SESSION = "session_id";

  private final CurrentCaller caller;
  private final JsonBody bodies;
  private final LoginStore logins;
  private final ChallengeOperations challenges;

  ChallengeResource(
      CurrentCaller caller, JsonBody bodies, LoginStore logins, ChallengeOperations challenges) {
    this.caller = caller;
    this.bodies = bodies;
    this.logins = logins;
    this.challenges = challenges;
  }

  /** Has LinkedIn send again. */
  @POST
  @Path("code/{session_id}/resend")
  @Consumes(MediaType.WILDCARD)
  public Uni<LinkedInResponses.Standing> resend(
      @PathParam(IDENTITY) String identityId, @PathParam(SESSION) String sessionId) {
    return challenges.resend(
        caller.get(), LinkedInResource.identity(identityId), LinkedInResource.session(sessionId));
  }

  /** Has LinkedIn raise another of its challenges. */
  @POST
  @Path("challenge/{session_id}")
  public Uni<LinkedInResponses.Standing> choose(
      @PathParam(IDENTITY) String identityId, @PathParam(SESSION) String sessionId, byte[] body) {
    Caller who = caller.get();
    IdentityId identity = LinkedInResource.identity(identityId);
    SessionId session = LinkedInResource.session(sessionId);
    return logins
        .require(who.tenant(), identity, session)
        .flatMap(
            found -> {
              ChallengeKind kind = bodies.read(body, ChallengeBody.class).require();
              return challenges.choose(who, identity, session, kind);
            });
  }
}
