package ai.pathbound.identities.connect.api;

import ai.pathbound.identities.connect.link.Consents;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import ai.pathbound.identities.tenant.TenantId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What an account's holder consented to. */
@RegisterForReflection // A 403 reads the scope off the method.
@Path("/v1/identities/{identity_id}/linkedin/consent")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.WRITE)
public class ConsentResource {
  private final CurrentCaller caller;
  private final LoginStore logins;
  private final Consents consents;

  ConsentResource(CurrentCaller caller, LoginStore logins, Consents consents) {
    this.caller = caller;
    this.logins = logins;
    this.consents = consents;
  }

  /** The last consent; refuses with {@code no_consent}. */
  @GET
  public Uni<ConnectResponses.ConsentAnswer> last(@PathParam("identity_id") String identityId) {
    TenantId tenant = caller.tenant();
    IdentityId identity = IdentityId.parse(identityId).orElseThrow(RefusalException::notFound);
    return logins
        .requireIdentity(tenant, identity)
        .chain(() -> consents.last(tenant, identity))
        .map(
            found ->
                ConnectResponses.ConsentAnswer.of(
                    identity.toString(), found.orElseThrow(ConsentResource::none)));
  }

  private static RefusalException none() {
    return RefusalException.of(
        RefusalException.Kind.NOT_FOUND,
        "no_consent",
        "Nobody has consented for this identity on a connect link's page yet.");
  }
}
