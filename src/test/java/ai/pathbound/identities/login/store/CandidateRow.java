package ai.pathbound.identities.login.store;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.AwaitingCode;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.ChallengeOptions;
import ai.pathbound.identities.login.session.ChallengeRequest;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSession;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Queued;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.login.session.SentTo;
import ai.pathbound.identities.login.session.Verification;
import ai.pathbound.identities.tenant.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** A row of {@code login_session} that may or may not be one of the model's states. */
final class CandidateRow {
  /** How many columns there are to change. */
  static final int COLUMNS = StateColumn.values().length;

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SEALED = "ey.a.b.c.d";
  private static final SentTo SENT_TO = new SentTo("a•••@example.com");

  /** The columns that say which state a row is in, and how many values each may have. */
  private enum StateColumn {
    STATUS(LoginStatus.values().length),
    CHALLENGE(ChallengeKind.values().length + 1),
    LAST_CODE_WRONG(2),
    CODES_USED(8),
    EXPIRES(2),
    FAILURE(3),
    DEADLINE(2),
    FINISHED(2),
    USERNAME(2),
    PASSWORD(2),
    COOKIE(2),
    CODE(2),
    BROWSER(2),
    SENT(2),
    DUE(2),
    WORKER(2),
    LEASE(2),
    WAYS(4),
    RESENDS(5),
    SENT_AT(2),
    REQUEST(3);

    private final int values;

    StateColumn(int values) {
      this.values = values;
    }
  }

  private final int[] values;

  private CandidateRow(int[] values) {
    this.values = values;
  }

  static CandidateRow random(Random random) {
    return new CandidateRow(
        Arrays.stream(StateColumn.values())
            .mapToInt(column -> random.nextInt(column.values))
            .toArray());
  }

  /** The same but for one column. */
  CandidateRow withAnother(int column, Random random) {
    int[] changed = values.clone();
    int count = StateColumn.values()[column].values;
    changed[column] = (changed[column] + 1 + random.nextInt(count - 1)) % count;
    return new CandidateRow(changed);
  }

  private int value(StateColumn column) {
    return values[column.ordinal()];
  }

  private boolean has(StateColumn column) {
    return value(column) == 1;
  }

  private int codesUsed() {
    return value(StateColumn.CODES_USED) - 1;
  }

  private LoginStatus status() {
    return LoginStatus.values()[value(StateColumn.STATUS)];
  }

  private Optional<ChallengeKind> challenge() {
    int value = value(StateColumn.CHALLENGE);
    return value == 0 ? Optional.empty() : Optional.of(ChallengeKind.values()[value - 1]);
  }

  private Optional<FailureReason> failure() {
    int value = value(StateColumn.FAILURE);
    return value == 0 ? Optional.empty() : Optional.of(FailureReason.values()[value]);
  }

  private int resends() {
    return value(StateColumn.RESENDS) - 1;
  }

  private Optional<Instant> sentAt() {
    return has(StateColumn.SENT_AT) ? Optional.of(NOW) : Optional.empty();
  }

  private ChallengeOptions options() {
    return switch (value(StateColumn.WAYS)) {
      case 1 -> new ChallengeOptions(Optional.of(SENT_TO), List.of(), false);
      case 2 -> new ChallengeOptions(Optional.empty(), List.of(ChallengeKind.SMS_CODE), false);
      case 3 -> new ChallengeOptions(Optional.empty(), List.of(), true);
      default -> ChallengeOptions.NONE;
    };
  }

  private Optional<ChallengeRequest> request() {
    return switch (value(StateColumn.REQUEST)) {
      case 1 -> Optional.of(ChallengeRequest.RESEND);
      case 2 -> Optional.of(ChallengeRequest.choosing(ChallengeKind.SMS_CODE));
      default -> Optional.empty();
    };
  }

  private LoginSnapshot stored() {
    Optional<Instant> expires = has(StateColumn.EXPIRES) ? Optional.of(NOW) : Optional.empty();
    boolean terminal = status().isTerminal();
    return new LoginSnapshot(
        new LoginFacts(
            new TenantId("acme"),
            new SessionId(new UUID(0, 0)),
            new IdentityId(new UUID(0, 0)),
            new ProfileId(new UUID(0, 0)),
            Country.DEFAULT,
            Duration.ofMinutes(1),
            NOW),
        status(),
        // What an ended login had used is kept, but is no part of its state.
        terminal ? Verification.NONE : new Verification(codesUsed(), expires, resends(), sentAt()),
        has(StateColumn.DEADLINE) ? Optional.of(NOW) : Optional.empty(),
        challenge(),
        options(),
        has(StateColumn.LAST_CODE_WRONG),
        failure(),
        NOW);
  }

  /** Whether the model could have written it. */
  boolean isLegal() {
    if (codesUsed() < 0
        || codesUsed() > Verification.MAX_CODES
        // A challenge starts the clock, and only after one there are codes.
        || (codesUsed() > 0 || challenge().isPresent()) && !has(StateColumn.EXPIRES)
        || resends() < 0
        || resends() > Verification.MAX_RESENDS
        || request().isPresent() && status() != LoginStatus.RUNNING
        || has(StateColumn.FINISHED) != status().isTerminal()) {
      return false;
    }
    LoginSnapshot stored = stored();
    try {
      LoginSession state = stored.restore();
      return LoginSnapshot.of(state, NOW).equals(stored) && isHeldWell(state) && hidesWell(state);
    } catch (NoSuchElementException e) {
      return false;
    }
  }

  /** Who may claim it, and who has. */
  private boolean isHeldWell(LoginSession state) {
    boolean held = has(StateColumn.WORKER);
    boolean due = has(StateColumn.DUE);
    if (held != has(StateColumn.LEASE)) {
      return false;
    }
    if (state instanceof Queued) {
      return due && !held;
    }
    return status().isTerminal() || state instanceof AwaitingCode ? !due && !held : due != held;
  }

  /** Which secrets it still holds. */
  private boolean hidesWell(LoginSession state) {
    boolean workersTurn = state instanceof Queued || state instanceof Running;
    boolean credentials = has(StateColumn.PASSWORD) || has(StateColumn.COOKIE);
    return has(StateColumn.USERNAME) == has(StateColumn.PASSWORD)
        && !(has(StateColumn.PASSWORD) && has(StateColumn.COOKIE))
        && (!credentials || workersTurn && !has(StateColumn.SENT))
        && (!has(StateColumn.CODE) || workersTurn && codesUsed() > 0)
        && (!has(StateColumn.BROWSER) || !status().isTerminal());
  }

  /** As PostgreSQL reads it. */
  String json(TenantId tenant, IdentityId identity) {
    return new JsonObject()
        .put("tenant_id", tenant.value())
        .put("id", UUID.randomUUID().toString())
        .put("identity_id", identity.uuid().toString())
        .put("profile_id", UUID.randomUUID().toString())
        .put("country", "US")
        .put("verification_wait_s", 60)
        .put("status", status().wireName())
        .put("challenge", challenge().map(ChallengeKind::wireName).orElse(null))
        .put("last_code_wrong", has(StateColumn.LAST_CODE_WRONG))
        .put("codes_used", codesUsed())
        .put("verification_expires_at", time(StateColumn.EXPIRES))
        .put("failure", failure().map(FailureReason::wireName).orElse(null))
        .put("deadline_at", time(StateColumn.DEADLINE))
        .put("finished_at", time(StateColumn.FINISHED))
        .put("username_sealed", sealed(StateColumn.USERNAME))
        .put("password_sealed", sealed(StateColumn.PASSWORD))
        .put("session_cookie_sealed", sealed(StateColumn.COOKIE))
        .put("code_sealed", sealed(StateColumn.CODE))
        .put("browser_sealed", sealed(StateColumn.BROWSER))
        .put("credentials_sent_at", time(StateColumn.SENT))
        .put("due_at", time(StateColumn.DUE))
        .put("worker", has(StateColumn.WORKER) ? "worker" : null)
        .put("lease_until", time(StateColumn.LEASE))
        .put("sent_to", options().sentTo().map(SentTo::text).orElse(null))
        .put(
            "alternatives",
            new JsonArray(options().alternatives().stream().map(ChallengeKind::wireName).toList()))
        .put("can_resend", options().canResend())
        .put("resends", resends())
        .put("code_sent_at", time(StateColumn.SENT_AT))
        .put("challenge_request", request().map(ChallengeRequest::wireName).orElse(null))
        .put("epoch", 0)
        .put("version", 1)
        .put("created_at", NOW.toString())
        .put("updated_at", NOW.toString())
        .encode();
  }

  private String time(StateColumn column) {
    return has(column) ? NOW.toString() : null;
  }

  private String sealed(StateColumn column) {
    return has(column) ? SEALED : null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (StateColumn column : StateColumn.values()) {
      text.append(column).append('=').append(value(column)).append(' ');
    }
    return text.toString();
  }
}
