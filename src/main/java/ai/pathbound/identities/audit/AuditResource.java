package ai.pathbound.identities.audit;

import ai.pathbound.identities.id.AuditEventId;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.problem.Refusal;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit trail of the caller's tenant, also of identities that are gone. */
@RegisterForReflection // A 403 reads the scope off the method.
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.READ)
@Tag(name = "Audit", description = "Who did what, when, from where, and what came of it.")
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
  @Operation(operationId = "listAuditEvents", summary = "Read the audit trail, oldest first")
  @APIResponse(responseCode = "200", description = "A page of events")
  @APIResponse(
      responseCode = "400",
      description = "An identity_id, limit or after that is malformed (`invalid_request`).")
  public Uni<AuditResponse> list(
      @Parameter(
              description = "Only events of this identity, which may be gone",
              schema =
                  @Schema(type = SchemaType.STRING, examples = "id_01jv3ve1twetnar2zsd0c36jyb"))
          @QueryParam("identity_id")
          String identityId,
      @Parameter(
              description = "The most that a page holds",
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "1000",
                      defaultValue = "100"))
          @QueryParam("limit")
          String limit,
      @Parameter(
              description = "The next_after of the page before",
              schema =
                  @Schema(type = SchemaType.STRING, examples = "aud_01jv3ve1twetnar2zsd0c36jyb"))
          @QueryParam("after")
          String after) {
    Optional<IdentityId> identity =
        Optional.ofNullable(identityId)
            .map(text -> IdentityId.parse(text).orElseThrow(AuditResource::noIdentityId));
    Optional<AuditEventId> behind =
        Optional.ofNullable(after)
            .map(text -> AuditEventId.parse(text).orElseThrow(AuditResource::noEventId));
    int size = limit == null ? DEFAULT_LIMIT : Pagination.requireLimit(limit);
    return events
        .page(caller.get().tenant(), identity, behind, size + 1)
        .map(found -> AuditResponse.page(found, size));
  }

  private static Refusal noIdentityId() {
    return Refusal.invalid("identity_id", "must be the id of an identity");
  }

  private static Refusal noEventId() {
    return Refusal.invalid("after", "must be the event_id of a list's last item");
  }
}
