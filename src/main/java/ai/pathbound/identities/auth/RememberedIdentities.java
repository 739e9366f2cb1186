package ai.pathbound.identities.auth;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Answers for tokens that were verified before, and leaves all others to the library's provider.
 * That one makes an identity for every request, and leaves the event loop where the keys lie at a
 * URL.
 */
@ApplicationScoped
class RememberedIdentities implements IdentityProvider<TokenAuthenticationRequest> {
  private static final int BEFORE_THE_LIBRARYS = SYSTEM_FIRST + 2;

  private final TokenReader tokens;

  RememberedIdentities(TokenReader tokens) {
    this.tokens = tokens;
  }

  @Override
  public int priority() {
    return BEFORE_THE_LIBRARYS;
  }

  @Override
  public Class<TokenAuthenticationRequest> getRequestType() {
    return TokenAuthenticationRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenAuthenticationRequest request, AuthenticationRequestContext context) {
    return Uni.createFrom().item(tokens.remembered(request.getToken().getToken()).orElse(null));
  }
}
