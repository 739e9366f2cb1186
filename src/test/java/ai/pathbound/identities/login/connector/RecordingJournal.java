package ai.pathbound.identities.login.connector;

import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A journal in memory, with one login's row: it hands out each secret once, remembers the calls in
 * their order, and can be gone or lose its worker at any of them.
 */
public final class RecordingJournal implements LoginJournal {
  /** A call that a connector made. */
  public enum Call {
    /** {@link LoginJournal#browserAt}. */
    BROWSER,
    /** {@link LoginJournal#takePassword}. */
    CREDENTIALS,
    /** {@link LoginJournal#takeCode}. */
    CODE,
    /** {@link LoginJournal#takeRequest}. */
    REQUEST
  }

  private static final int NEVER = 0;

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<BrowserHandle> browsers = new CopyOnWriteArrayList<>();
  private final List<StoredSession> sessions = new CopyOnWriteArrayList<>();
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private Optional<Credentials> credentials;
  private Optional<Secret> code;
  private boolean request;
  private Optional<Member> expected = Optional.empty();
  private int goneAt = NEVER;
  private int crashAfter = NEVER;

  private RecordingJournal(Optional<Credentials> credentials, Optional<Secret> code) {
    this.credentials = credentials;
    this.code = code;
  }

  /** Of a login that holds credentials. */
  public static RecordingJournal withCredentials(String username, String password) {
    return with(new Credentials.Password(Secret.of(username), Secret.of(password)));
  }

  /** Of a login that holds these credentials, handed out as they are. */
  public static RecordingJournal with(Credentials credentials) {
    return new RecordingJournal(Optional.of(credentials), Optional.empty());
  }

  /** Of a login that holds a code. */
  public static RecordingJournal withCode(String code) {
    return new RecordingJournal(Optional.empty(), Optional.of(Secret.of(code)));
  }

  /** Of a login that holds neither. */
  public static RecordingJournal withNothing() {
    return new RecordingJournal(Optional.empty(), Optional.empty());
  }

  /** Of a login that holds something to be pressed. */
  public static RecordingJournal withRequest() {
    RecordingJournal journal = withNothing();
    journal.request = true;
    return journal;
  }

  /** Of a session that is taken to be that member's. */
  public RecordingJournal of(Member member) {
    expected = Optional.of(member);
    return this;
  }

  /** From the {@code call}th call on, counted from 1, the login is gone. */
  public RecordingJournal goneAt(int call) {
    goneAt = call;
    return this;
  }

  /** The {@code call}th call, counted from 1, is committed, and its worker never hears of it. */
  public RecordingJournal crashAfter(int call) {
    crashAfter = call;
    return this;
  }

  /** The calls so far, those that failed among them. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Every browser it was told of. */
  public List<BrowserHandle> browsers() {
    return List.copyOf(browsers);
  }

  /** The browser it was told of last. */
  public Optional<BrowserHandle> browser() {
    return browsers.isEmpty() ? Optional.empty() : Optional.of(browsers.get(browsers.size() - 1));
  }

  @Override
  public Uni<Void> browserAt(BrowserHandle browser) {
    return call(
        Call.BROWSER,
        () -> {
          browsers.add(browser);
          return null;
        });
  }

  @Override
  public Uni<Boolean> sessionIs(StoredSession session) {
    return Uni.createFrom().item(true).invoke(() -> sessions.add(session));
  }

  @Override
  public Uni<Boolean> memberIs(Member member) {
    return Uni.createFrom()
        .item(expected.filter(member::isAnotherThan).isEmpty())
        .invoke(() -> members.add(member));
  }

  /** The session that it was told of last. */
  public Optional<StoredSession> session() {
    return sessions.isEmpty() ? Optional.empty() : Optional.of(sessions.get(sessions.size() - 1));
  }

  /** Whose session it was told that it is. */
  public List<Member> members() {
    return List.copyOf(members);
  }

  @Override
  public Uni<Credentials.Password> takePassword() {
    return taken(Credentials.Password.class);
  }

  @Override
  public Uni<Credentials.SessionCookie> takeSessionCookie() {
    return taken(Credentials.SessionCookie.class);
  }

  private <C extends Credentials> Uni<C> taken(Class<C> kind) {
    return call(
        Call.CREDENTIALS,
        () -> {
          Credentials taken = credentials.orElseThrow(() -> noneLeft("credentials"));
          credentials = Optional.empty();
          return kind.cast(taken);
        });
  }

  @Override
  public Uni<Secret> takeCode() {
    return call(
        Call.CODE,
        () -> {
          Secret taken = code.orElseThrow(() -> noneLeft("code"));
          code = Optional.empty();
          return taken;
        });
  }

  @Override
  public Uni<Void> takeRequest() {
    return call(
        Call.REQUEST,
        () -> {
          if (!request) {
            throw noneLeft("request");
          }
          request = false;
          return null;
        });
  }

  private <T> Uni<T> call(Call call, Supplier<T> statement) {
    // Deferred, as a statement is: what nobody subscribes to does not happen.
    return Uni.createFrom()
        .deferred(
            () -> {
              calls.add(call);
              if (goneAt != NEVER && calls.size() >= goneAt) {
                return Uni.createFrom().failure(new LoginLostException());
              }
              T result = statement.get();
              return calls.size() == crashAfter
                  ? Uni.createFrom().nothing()
                  : Uni.createFrom().item(result);
            });
  }

  private static IllegalStateException noneLeft(String what) {
    return new IllegalStateException("the row holds no " + what);
  }
}
