package ai.pathbound.identities.connect.api;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.ConnectSettings;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.connect.link.TenantPages;
import ai.pathbound.identities.json.JsonBody;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** How a tenant appears on the page of its connect links. */
@RegisterForReflection // A 403 reads the scope off the method.
@Path("/v1/connect/settings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ConnectSettingsResource {
  private final CurrentCaller caller;
  private final ConnectAddress address;
  private final ConnectSettings settings;
  private final JsonBody bodies;
  private final TenantPages pages;

  ConnectSettingsResource(
      CurrentCaller caller,
      ConnectAddress address,
      ConnectSettings settings,
      JsonBody bodies,
      TenantPages pages) {
    this.caller = caller;
    this.address = address;
    this.settings = settings;
    this.bodies = bodies;
    this.pages = pages;
  }

  /** The settings; nulls where they were never made. */
  @GET
  @RolesAllowed(Scopes.READ)
  public Uni<ConnectResponses.SettingsAnswer> get() {
    Caller who = caller();
    return pages.find(who.tenant()).map(ConnectResponses.SettingsAnswer::of);
  }

  /** Replaces all of them. */
  @PUT
  @RolesAllowed(Scopes.WRITE)
  public Uni<ConnectResponses.SettingsAnswer> replace(byte[] body) {
    Caller who = caller();
    TenantPage page = bodies.read(body, ConnectSettingsBody.class).validate(settings.localUrls());
    return pages
        .replace(who, page)
        .replaceWith(() -> ConnectResponses.SettingsAnswer.of(Optional.of(page)));
  }

  private Caller caller() {
    Caller who = caller.get();
    address.requireOrigin();
    return who;
  }
}
