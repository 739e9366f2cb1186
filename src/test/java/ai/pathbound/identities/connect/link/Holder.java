package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.audit.LinkTrail.ConsentText;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** A holder who does on the page what the page's core lets holders do. */
final class Holder {
  static final ConsentText TEXT = new ConsentText("0123456789abcdef".repeat(4), "2026-11");
  static final Consents.Shown SHOWN = new Consents.Shown(TEXT, PageLanguage.FR, "Acme & Söhne");
  static final Optional<String> ADDRESS = Optional.of("192.0.2.7");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HolderSteps steps;
  private final HolderLogins logins;
  private final Secret token;
  final Secret cookie;

  Holder(HolderSteps steps, HolderLogins logins, ConnectClient.Made link) {
    this.steps = steps;
    this.logins = logins;
    this.token = Secret.of(link.token());
    this.cookie = steps.cookieFor(LinkId.parse(link.id()).orElseThrow(), Optional.empty());
  }

  static <T> T await(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }

  StoredLink link() {
    return await(steps.ofToken(token)).orElseThrow();
  }

  StoredLink consents() {
    return await(
        steps.open(link(), cookie, SHOWN, Consents.From.of("Mozilla/5.0 \u00e9", ADDRESS)));
  }

  StoredLink submits(String username) {
    return submits(link(), username);
  }

  StoredLink submits(StoredLink seen, String username) {
    return await(
        logins.submit(
            seen,
            new Credentials.Password(Secret.of(username), Secret.of("any password")),
            ADDRESS,
            null));
  }

  LoginSnapshot answers(String code) {
    return await(logins.answer(link(), Secret.of(code), ADDRESS));
  }
}
