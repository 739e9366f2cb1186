package ai.pathbound.identities.devmode;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;

/** Hands out a token to whoever asks. No package holds this class. */
@Path("/dev/token")
@IfBuildProfile(anyOf = {"dev", "test"})
@PermitAll
public class DevTokenResource {

  /**
   * A token, and how to send it.
   *
   * @param access_token the token
   * @param token_type always {@code Bearer}
   * @param expires_in its lifetime in seconds
   */
  public record Token(String access_token, String token_type, long expires_in) {}

  /** A token as JSON, named as RFC 6749 names it. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Token json(
      @RestQuery("tenant_id") @DefaultValue("acme") String tenant,
      @RestQuery("sub") @DefaultValue("dev") String subject,
      @RestQuery("scope") @DefaultValue(DevTokens.ALL_SCOPES) String scope) {
    return new Token(
        DevTokens.mint(tenant, subject, scope), "Bearer", DevTokens.LIFETIME.toSeconds());
  }

  /** A token and nothing else. */
  @GET
  @Produces(MediaType.TEXT_PLAIN)
  public String text(
      @RestQuery("tenant_id") @DefaultValue("acme") String tenant,
      @RestQuery("sub") @DefaultValue("dev") String subject,
      @RestQuery("scope") @DefaultValue(DevTokens.ALL_SCOPES) String scope) {
    return DevTokens.mint(tenant, subject, scope);
  }
}
