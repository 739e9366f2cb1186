package ai.pathbound.identities.webhook.api;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.MessageId;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import ai.pathbound.identities.webhook.store.Deliveries;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The calls for messages. */
@RegisterForReflection // A 403 reads the scope off the method.
@Path("/v1/webhooks/messages")
@Produces(MediaType.APPLICATION_JSON)
public class MessageResource {
  private final Deliveries deliveries;
  private final CurrentCaller caller;

  MessageResource(Deliveries deliveries, CurrentCaller caller) {
    this.deliveries = deliveries;
    this.caller = caller;
  }

  /** Sends a message again to every enabled endpoint that it was for. */
  @POST
  @Path("{message_id}/resend")
  @RolesAllowed(Scopes.WEBHOOKS_WRITE)
  public Uni<WebhookResponses.Resent> resend(@PathParam("message_id") String id) {
    MessageId message = MessageId.parse(id).orElseThrow(RefusalException::notFound);
    return deliveries
        .resend(caller.tenant(), message)
        .map(
            endpoints ->
                WebhookResponses.Resent.of(
                    message.toString(), endpoints.stream().map(EndpointId::toString).toList()));
  }
}
