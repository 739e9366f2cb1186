package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.column;
import static ai.pathbound.identities.login.store.Columns.texts;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.LogFields;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.LoginTransitions;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeRequest;
import ai.pathbound.identities.login.session.Claimable;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.login.session.UnderWay;
import ai.pathbound.identities.secret.UnreadableSecretException;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The queue as a worker sees it: claims are one statement, with no transaction held while a
 * connector works.
 */
@ApplicationScoped
public class LoginQueue {
  private static final Logger LOG = Logger.getLogger(LoginQueue.class);

  private static final String DEPTHS =
      """
      select status, count(*) from login_session where finished_at is null group by status
      """;

  private final Pool pool;
  private final LoginSettings settings;
  private final LoginSeals seals;
  private final LoginTransitions transitions;
  private volatile String lastTenant = "";

  LoginQueue(Pool pool, LoginSettings settings, LoginSeals seals, LoginTransitions transitions) {
    this.pool = pool;
    this.settings = settings;
    this.seals = seals;
    this.transitions = transitions;
  }

  /** Claims what is due, the tenants in turn, {@code atMost} so many. */
  public Uni<List<Claim>> claim(String worker, int atMost) {
    return execute(
            pool,
            ClaimStatement.WHAT_IS_DUE,
            ClaimStatement.values(settings, worker, atMost, lastTenant),
            row -> claimed(row, worker, this::begun))
        .invoke(this::goOnBehind);
  }

  /** Claims of {@code announced} what is due, {@code atMost} so many; looks at no other login. */
  public Uni<List<Claim>> claim(String worker, int atMost, List<DueLogin> announced) {
    return announced(pool, worker, atMost, announced, this::begun).invoke(this::goOnBehind);
  }

  /** Claims a login of a rehearsal; nobody is told that it begins. */
  Uni<Optional<Claim>> rehearse(SqlClient client, String worker, DueLogin login) {
    return announced(client, worker, 1, List.of(login), (before, traceparent) -> {})
        .map(claims -> claims.stream().findFirst());
  }

  private Uni<List<Claim>> announced(
      SqlClient client,
      String worker,
      int atMost,
      List<DueLogin> announced,
      BiConsumer<LoginSnapshot, String> begun) {
    return execute(
        client,
        ClaimStatement.WHAT_WAS_ANNOUNCED,
        ClaimStatement.values(settings, worker, atMost, lastTenant)
            .addValue(texts(announced, login -> login.tenant().value()))
            .addValue(column(announced, UUID[]::new, login -> login.session().uuid())),
        row -> claimed(row, worker, begun));
  }

  private static Uni<List<Claim>> execute(
      SqlClient client, String statement, Tuple values, Function<Row, Optional<Claim>> claimed) {
    return client
        .preparedQuery(statement)
        .execute(values)
        .map(
            rows -> {
              List<Claim> claims = new ArrayList<>();
              rows.forEach(row -> claimed.apply(row).ifPresent(claims::add));
              return claims;
            });
  }

  private void goOnBehind(List<Claim> claims) {
    if (!claims.isEmpty()) {
      lastTenant = claims.get(claims.size() - 1).state().facts().tenant().value();
    }
  }

  /**
   * Empty for a row in a state that is no worker's turn; the database refuses to store such a row.
   *
   * @param begun hears of a login that was queued, how it stood and its trace context
   */
  private Optional<Claim> claimed(Row row, String worker, BiConsumer<LoginSnapshot, String> begun) {
    LoginSnapshot before = Columns.state(row);
    return before
        .restore()
        .underWay()
        .flatMap(UnderWay::claimable)
        .map(
            login -> {
              if (before.status() == LoginStatus.QUEUED) {
                begun.accept(before, row.getString("traceparent"));
              }
              return claimed(row, worker, login, before);
            });
  }

  private void begun(LoginSnapshot before, String traceparent) {
    LogFields.during(
        traceparent,
        () ->
            transitions.committed(
                before.facts().tenant(),
                before.facts().session(),
                Optional.of(before.status()),
                LoginStatus.RUNNING,
                Optional.empty()));
  }

  private Claim claimed(Row row, String worker, Claimable login, LoginSnapshot before) {
    try {
      return opened(row, worker, login, before);
    } catch (UnreadableSecretException e) {
      // One login's lost key must not hold up the others of the batch.
      LOG.warnf("login %s cannot go on: %s", before.facts().session(), e.getMessage());
      return Claim.unreadable(
          login,
          before,
          row.getLong("epoch"),
          worker,
          Columns.instant(row, "due_at").orElseThrow(),
          Columns.now(row),
          row.getString("traceparent"));
    }
  }

  private Claim opened(Row row, String worker, Claimable login, LoginSnapshot before) {
    TenantId tenant = before.facts().tenant();
    SessionId session = before.facts().session();
    IdentityId identity = before.facts().identity();
    boolean sent = row.getOffsetDateTime("credentials_sent_at") != null;
    boolean bringsCookie = row.getString("session_cookie_sealed") != null;
    boolean broughtCredentials = sent || bringsCookie || row.getString("username_sealed") != null;
    return new Claim(
        login,
        before,
        row.getLong("epoch"),
        worker,
        Columns.instant(row, "due_at").orElseThrow(),
        Columns.now(row),
        seals
            .open(row.getString("browser_sealed"), LoginSeals.Column.BROWSER, tenant, session)
            .map(BrowserHandle::new),
        sent,
        bringsCookie,
        row.getString("code_sealed") != null,
        Optional.ofNullable(row.getString("challenge_request")).map(ChallengeRequest::ofWireName),
        broughtCredentials
            ? Optional.empty()
            : seals
                .open(row.getString("session_sealed"), LoginSeals.Column.SESSION, tenant, identity)
                .map(StoredSession::new),
        member(row, broughtCredentials, before),
        true,
        row.getString("traceparent"));
  }

  /**
   * Who may sign in; empty also where the login brought credentials and the key of that is lost.
   */
  private Optional<Member> member(Row row, boolean broughtCredentials, LoginSnapshot before) {
    TenantId tenant = before.facts().tenant();
    IdentityId identity = before.facts().identity();
    try {
      return seals
          .open(row.getString("member_sealed"), LoginSeals.Column.MEMBER, tenant, identity)
          .map(Member::of);
    } catch (UnreadableSecretException e) {
      if (!broughtCredentials) {
        throw e;
      }
      LOG.warnf(
          "login %s goes on without knowing whose account it was before: %s",
          before.facts().session(), e.getMessage());
      return Optional.empty();
    }
  }

  /** How many logins are under way, by status; a status without any is absent. */
  public Uni<Map<LoginStatus, Long>> depths() {
    return pool.query(DEPTHS)
        .execute()
        .map(
            rows -> {
              Map<LoginStatus, Long> depths = new EnumMap<>(LoginStatus.class);
              rows.forEach(
                  row -> depths.put(LoginStatus.ofWireName(row.getString(0)), row.getLong(1)));
              return depths;
            });
  }
}
