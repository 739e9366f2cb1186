package ai.pathbound.identities.audit;

import ai.pathbound.identities.id.AuditEventId;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** The audit trail of the caller's tenant, also of identities that are gone. */
@RegisterForReflection // A 403 reads the scope off the method.
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.READ)
public class AuditResource {
  private static final int DEFAULT_LIMIT = 100;

  private final AuditEvents events;
  private final CurrentCaller caller;

  AuditResource(AuditEvents events, CurrentCaller caller) {
    this.events = events;
    this.caller = caller;
  }

  /** A page of events. */
  @GET
  public Uni<AuditResponse> list(
      @QueryParam("identity_id") String identityId,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Optional<IdentityId> identity =
        Optional.ofNullable(identityId)
            .map(text -> IdentityId.parse(text).orElseThrow(AuditResource::noIdentityId));
    Optional<AuditEventId> behind =
        Optional.ofNullable(after)
            .map(text -> AuditEventId.parse(text).orElseThrow(AuditResource::noEventId));
    int size = limit == null ? DEFAULT_LIMIT : Pagination.requireLimit(limit);
    return events
        .page(caller.tenant(), identity, behind, size + 1)
        .map(found -> AuditResponse.page(found, size));
  }

  private static RefusalException noIdentityId() {
    return RefusalException.invalid("identity_id", "must be the id of an identity");
  }

  private static RefusalException noEventId() {
    return RefusalException.invalid("after", "must be the event_id of a list's last item");
  }
}
