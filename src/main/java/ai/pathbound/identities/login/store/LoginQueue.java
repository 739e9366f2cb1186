package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.seconds;

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
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The queue as a worker sees it: claims are one statement, with no transaction held while a
 * connector works.
 */
@ApplicationScoped
public class LoginQueue {
  private static final Logger LOG = Logger.getLogger(LoginQueue.class);

  // Whose turn it is: the tenant with the fewest logins in hand, and among equals the next one
  // after the tenant that was served last; within a tenant, who waits longest. Each tenant's queue
  // is read only as far as one claim could take it (or several replicas' claims at a time), so a
  // long queue costs the others neither their turn nor time.
  //
  // A login waits until the browsers of the identity's earlier ones are closed; a farm that does
  // not answer can hold it up for a minute at most. A pause holds up what has not begun: a login
  // that has, sends no password any more, and a person may be waiting.
  //
  // between: whatever has a lease; unlike "is not null" it is taken to be rare where nobody has
  // counted.
  // offset 0: notes of browsers are asked for by identity. Made a join of, the question would read
  // all of the tenant's, of which there are many where logins end fast.
  //
  // order by due_at: the order of the one index that holds nothing but what is due. The smallest
  // tenant is as easily found by the key, past all logins that have ended.
  //
  // coalesce: a condition that no index on due_at serves, so that what is picked is found by its
  // key.
  private static final String CLAIM =
      """
      with recursive tenant (id) as (
        (select tenant_id from login_session where due_at is not null
         order by tenant_id, due_at limit 1)
        union all
        select (select s.tenant_id from login_session s
                where s.due_at is not null and s.tenant_id > tenant.id
                order by s.tenant_id, s.due_at limit 1)
        from tenant where tenant.id is not null
      ), held as materialized (
        select tenant_id from login_session
        where lease_until between '-infinity' and 'infinity'
      ), in_hand as (
        select tenant_id, count(*) as logins from held group by tenant_id
      ), candidate as materialized (
        select tenant.id as tenant_id, first.id, coalesce(in_hand.logins, 0) + first.place as turn
        from tenant
        left join in_hand on in_hand.tenant_id = tenant.id
        cross join lateral (
          select q.id, row_number() over (order by q.due_at) as place
          from login_session q
          where q.tenant_id = tenant.id and q.due_at <= now()
            and not exists (
              select 1 from abandoned_browser b
              where b.tenant_id = q.tenant_id and b.identity_id = q.identity_id
                and b.created_at > now() - interval '1 minute'
              offset 0)
            and (q.credentials_sent_at is not null or q.verification_expires_at is not null
              or not ($6 or exists (select 1 from login_pause where only_row and paused_until > now())))
          order by q.due_at
          limit 4 * $1::bigint
        ) first
      ), picked as (
        select q.tenant_id, q.id, q.due_at, q.deadline_at, q.status, q.updated_at
        from candidate c
        join login_session q on q.tenant_id = c.tenant_id and q.id = c.id
        where coalesce(q.due_at <= now(), false)
        order by c.turn, q.tenant_id <= $5, q.tenant_id, q.due_at
        limit $1::bigint
        for update of q skip locked
      ), claimed as (
        update login_session s set
          status = case when s.status = 'queued' then 'running' else s.status end,
          deadline_at = case when s.status = 'queued' or s.challenge_request is not null
            then moment.now + make_interval(secs => $4) else s.deadline_at end,
          updated_at = case when s.status = 'queued' then moment.now else s.updated_at end,
          due_at = null, worker = $2, lease_until = now() + make_interval(secs => $3),
          epoch = s.epoch + 1
        from picked
        cross join (select date_trunc('milliseconds', now()) as now) moment
        where s.tenant_id = picked.tenant_id and s.id = picked.id
        returning s.tenant_id, s.id, s.identity_id, s.profile_id, s.country, s.verification_wait_s,
          s.challenge, s.last_code_wrong, s.codes_used, s.verification_expires_at, s.failure,
          s.sent_to, s.alternatives, s.can_resend, s.resends, s.code_sent_at, s.challenge_request,
          s.username_sealed, s.session_cookie_sealed, s.code_sealed, s.browser_sealed,
          s.credentials_sent_at, s.epoch, s.traceparent, s.created_at, picked.status,
          case when s.challenge_request is null then picked.deadline_at else s.deadline_at end
            as deadline_at,
          picked.updated_at, picked.due_at, moment.now
      )
      select claimed.*, p.session_sealed, p.member_sealed
      from claimed cross join lateral (
        select session_sealed, member_sealed from linkedin_profile
        where tenant_id = claimed.tenant_id and identity_id = claimed.identity_id offset 0
      ) p
      """;

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
    return pool.preparedQuery(CLAIM)
        .execute(
            Tuple.tuple()
                .addValue(atMost)
                .addValue(worker)
                .addValue(seconds(settings.worker().lease()))
                .addValue(seconds(settings.runTimeout()))
                .addValue(lastTenant)
                .addValue(settings.paused()))
        .map(
            rows -> {
              List<Claim> claims = new ArrayList<>();
              for (Row row : rows) {
                claimed(row, worker).ifPresent(claims::add);
                lastTenant = row.getString("tenant_id");
              }
              return claims;
            });
  }

  /**
   * Empty for a row in a state that is no worker's turn; the database refuses to store such a row.
   */
  private Optional<Claim> claimed(Row row, String worker) {
    LoginSnapshot before = Columns.state(row);
    return before
        .restore()
        .underWay()
        .flatMap(UnderWay::claimable)
        .map(login -> claimed(row, worker, login, before));
  }

  private Claim claimed(Row row, String worker, Claimable login, LoginSnapshot before) {
    TenantId tenant = before.facts().tenant();
    SessionId session = before.facts().session();
    if (before.status() == LoginStatus.QUEUED) {
      LogFields.during(
          row.getString("traceparent"),
          () ->
              transitions.committed(
                  tenant,
                  session,
                  Optional.of(before.status()),
                  LoginStatus.RUNNING,
                  Optional.empty()));
    }
    try {
      return opened(row, worker, login, before);
    } catch (UnreadableSecretException e) {
      // One login's lost key must not hold up the others of the batch.
      LOG.warnf("login %s cannot go on: %s", session, e.getMessage());
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
