package ai.pathbound.identities.login.store;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.secret.SealingContext;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.secret.SecretBox;
import ai.pathbound.identities.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Seals and opens the login's secrets, each for its own tenant, row and column. */
@ApplicationScoped
class LoginSeals {
  /** What is sealed. The path is part of the sealing context, so it never changes. */
  enum Column {
    USERNAME("login_session.username"),
    PASSWORD("login_session.password"),
    SESSION_COOKIE("login_session.session_cookie"),
    CODE("login_session.code"),
    BROWSER("login_session.browser"),
    SESSION("linkedin_profile.session"),
    MEMBER("linkedin_profile.member"),
    USE_BROWSER("linkedin_profile.use_browser");

    final String path;

    Column(String path) {
      this.path = path;
    }
  }

  private final SecretBox box;

  LoginSeals(SecretBox box) {
    this.box = box;
  }

  String seal(Secret secret, Column column, TenantId tenant, SessionId login) {
    return box.seal(secret, new SealingContext(tenant, login.uuid(), column.path));
  }

  String seal(Secret secret, Column column, TenantId tenant, IdentityId identity) {
    return box.seal(secret, new SealingContext(tenant, identity.uuid(), column.path));
  }

  Optional<Secret> open(String sealed, Column column, TenantId tenant, SessionId login) {
    return open(sealed, column, tenant, login.uuid());
  }

  Optional<Secret> open(String sealed, Column column, TenantId tenant, IdentityId identity) {
    return open(sealed, column, tenant, identity.uuid());
  }

  private Optional<Secret> open(String sealed, Column column, TenantId tenant, UUID row) {
    return Optional.ofNullable(sealed)
        .map(text -> box.open(text, new SealingContext(tenant, row, column.path)));
  }
}
