package ai.pathbound.identities.login.store;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.ChallengeOptions;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.SentTo;
import ai.pathbound.identities.login.session.Verification;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Converts between {@code login_session} rows and Java's values. */
final class Columns {
  private Columns() {}

  /** The first of {@code rows}; refuses with {@code not_found} where there is none. */
  static Row required(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw RefusalException.notFound();
    }
    return rows.iterator().next();
  }

  /** The column {@code now} of a statement that also said what time it is in the database. */
  static Instant now(Row row) {
    return instant(row, "now").orElseThrow();
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static OffsetDateTime time(Optional<Instant> instant) {
    return instant.map(Columns::time).orElse(null);
  }

  /**
   * A length of time, as a parameter for {@code make_interval(secs => …)}: a type of the client's
   * would make days of it, which are not as long in the database where its zone changes its time.
   */
  static double seconds(Duration length) {
    return length.toMillis() / 1000.0;
  }

  /** One value of each row, as an array parameter for {@code unnest}; a value may be null. */
  static <T, V> V[] column(Collection<T> rows, IntFunction<V[]> array, Function<T, V> value) {
    return rows.stream().map(value).toArray(array);
  }

  /** The same of texts. */
  static <T> String[] texts(Collection<T> rows, Function<T, String> value) {
    return column(rows, String[]::new, value);
  }

  /** The same of times. */
  static <T> OffsetDateTime[] times(Collection<T> rows, Function<T, OffsetDateTime> value) {
    return column(rows, OffsetDateTime[]::new, value);
  }

  static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  static LoginFacts facts(Row row) {
    return new LoginFacts(
        new TenantId(row.getString("tenant_id")),
        new SessionId(row.getUUID("id")),
        new IdentityId(row.getUUID("identity_id")),
        new ProfileId(row.getUUID("profile_id")),
        new Country(row.getString("country")),
        Duration.ofSeconds(row.getInteger("verification_wait_s")),
        instant(row, "created_at").orElseThrow());
  }

  private static ChallengeOptions options(Row row) {
    String sentTo = row.getString("sent_to");
    String[] alternatives = row.getArrayOfStrings("alternatives");
    boolean canResend = row.getBoolean("can_resend");
    // Most rows.
    if (sentTo == null && alternatives.length == 0 && !canResend) {
      return ChallengeOptions.NONE;
    }
    return new ChallengeOptions(
        Optional.ofNullable(sentTo).map(SentTo::new),
        Arrays.stream(alternatives).map(ChallengeKind::ofWireName).toList(),
        canResend);
  }

  static LoginSnapshot state(Row row) {
    return new LoginSnapshot(
        facts(row),
        LoginStatus.ofWireName(row.getString("status")),
        new Verification(
            row.getInteger("codes_used"),
            instant(row, "verification_expires_at"),
            row.getInteger("resends"),
            instant(row, "code_sent_at")),
        instant(row, "deadline_at"),
        Optional.ofNullable(row.getString("challenge")).map(ChallengeKind::ofWireName),
        options(row),
        row.getBoolean("last_code_wrong"),
        Optional.ofNullable(row.getString("failure")).map(FailureReason::ofWireName),
        instant(row, "updated_at").orElseThrow());
  }
}
