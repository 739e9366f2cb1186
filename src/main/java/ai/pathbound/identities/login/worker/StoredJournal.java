package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.LoginLostException;
import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.login.store.Claim;
import ai.pathbound.identities.login.store.ClaimedLogins;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.secret.UnreadableSecretException;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The journal of one claimed login, written to its row. It records that the row could not be
 * written: what the connector reports after that says nothing about LinkedIn.
 */
final class StoredJournal implements LoginJournal {
  private final Claim claim;
  private final ClaimedLogins logins;
  private final AtomicReference<Throwable> trouble = new AtomicReference<>();
  private final AtomicReference<SessionJournal> use = new AtomicReference<>();
  private final AtomicReference<StoredSession> renewed = new AtomicReference<>();

  StoredJournal(Claim claim, ClaimedLogins logins) {
    this.claim = claim;
    this.logins = logins;
  }

  @Override
  public Uni<Void> browserAt(BrowserHandle browser) {
    return watched(logins.browserAt(claim, browser))
        .invoke(StoredJournal::requireHeld)
        .replaceWithVoid();
  }

  /** From now on the login uses a stored session, of which {@code journal} is written. */
  void uses(SessionJournal journal) {
    use.set(journal);
  }

  /** A session that the login itself wins is stored with its end; only a stored one is renewed. */
  @Override
  public Uni<Boolean> sessionIs(StoredSession session) {
    SessionJournal journal = use.get();
    return journal == null
        ? Uni.createFrom().item(false)
        : journal
            .sessionIs(session)
            .invoke(
                stored -> {
                  if (stored) {
                    renewed.set(session);
                  }
                });
  }

  /** What the stored session has become, if it was told so. */
  Optional<StoredSession> renewed() {
    return Optional.ofNullable(renewed.get());
  }

  @Override
  public Uni<Boolean> memberIs(Member member) {
    SessionJournal journal = use.get();
    return journal == null ? Uni.createFrom().item(true) : journal.memberIs(member);
  }

  @Override
  public Uni<Credentials.Password> takePassword() {
    return taken(logins.takeCredentials(claim), Credentials.Password.class);
  }

  /** With one statement. */
  @Override
  public Uni<Credentials.Password> takePassword(BrowserHandle browser) {
    return taken(logins.takeCredentials(claim, browser), Credentials.Password.class);
  }

  @Override
  public Uni<Credentials.SessionCookie> takeSessionCookie() {
    return taken(logins.takeCredentials(claim), Credentials.SessionCookie.class);
  }

  private <C extends Credentials> Uni<C> taken(
      Uni<Optional<Credentials>> credentials, Class<C> of) {
    return watched(credentials).map(StoredJournal::orGone).map(of::cast);
  }

  @Override
  public Uni<Secret> takeCode() {
    return watched(logins.takeCode(claim)).map(StoredJournal::orGone);
  }

  @Override
  public Uni<Void> takeRequest() {
    return watched(logins.takeRequest(claim)).invoke(StoredJournal::requireHeld).replaceWithVoid();
  }

  private static void requireHeld(boolean held) {
    if (!held) {
      throw new LoginLostException();
    }
  }

  /** Why the row could not be read or written, if that ever happened. */
  Optional<Throwable> trouble() {
    return Optional.ofNullable(trouble.get());
  }

  private <T> Uni<T> watched(Uni<T> statement) {
    return statement.onFailure(e -> !(e instanceof UnreadableSecretException)).invoke(trouble::set);
  }

  private static <T> T orGone(Optional<T> taken) {
    return taken.orElseThrow(LoginLostException::new);
  }
}
