package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.seconds;

import ai.pathbound.identities.login.LoginSettings;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * The statement that claims logins, once for whatever is due and once for logins that are named.
 *
 * <p>What waits is found by an index in which each login that was ever due leaves an entry, for
 * PostgreSQL to step over until it may remove it. While somebody holds an old snapshot, a backup
 * for example, it may remove none, and a claim that reads the index takes longer with every login.
 * What was announced is found by its key.
 */
final class ClaimStatement {
  // A login waits until the browsers of the identity's earlier ones are closed; a farm that does
  // not answer can hold it up for a minute at most. A pause holds up what has not begun: a login
  // that has, sends no password any more, and a person may be waiting.
  //
  // offset 0: notes of browsers are asked for by identity. Made a join of, the question would read
  // all of the tenant's, of which there are many where logins end fast.
  private static final String MAY_GO_ON =
      """
      not exists (
              select 1 from abandoned_browser b
              where b.tenant_id = q.tenant_id and b.identity_id = q.identity_id
                and b.created_at > now() - interval '1 minute'
              offset 0)
            and (q.credentials_sent_at is not null or q.verification_expires_at is not null
              or not ($6 or exists (select 1 from login_pause where only_row and paused_until > now())))\
      """;

  // coalesce: a condition that no index on due_at serves, so that what is picked is found by its
  // key.
  private static final String CLAIMED =
      """
      picked as (
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

  // Whose turn it is: the tenant with the fewest logins in hand, and among equals the next one
  // after the tenant that was served last; within a tenant, who waits longest. Each tenant's queue
  // is read only as far as one claim could take it (or several replicas' claims at a time), so a
  // long queue costs the others neither their turn nor time.
  //
  // between: whatever has a lease; unlike "is not null" it is taken to be rare where nobody has
  // counted.
  //
  // order by due_at: the order of the one index that holds nothing but what is due. The smallest
  // tenant is as easily found by the key, past all logins that have ended.
  static final String WHAT_IS_DUE =
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
            and %s
          order by q.due_at
          limit 4 * $1::bigint
        ) first
      ), %s\
      """
          .formatted(MAY_GO_ON, CLAIMED);

  // The turn is the same for all: no more are named than can be claimed.
  static final String WHAT_WAS_ANNOUNCED =
      """
      with candidate as materialized (
        select q.tenant_id, q.id, 1 as turn
        from unnest($7::text[], $8::uuid[]) as announced (tenant_id, id)
        join login_session q on q.tenant_id = announced.tenant_id and q.id = announced.id
        where coalesce(q.due_at <= now(), false)
            and %s
      ), %s\
      """
          .formatted(MAY_GO_ON, CLAIMED);

  private ClaimStatement() {}

  /**
   * The parameters of both.
   *
   * @param lastTenant the tenant that was served last
   */
  static Tuple values(LoginSettings settings, String worker, int atMost, String lastTenant) {
    return Tuple.tuple()
        .addValue(atMost)
        .addValue(worker)
        .addValue(seconds(settings.worker().lease()))
        .addValue(seconds(settings.runTimeout()))
        .addValue(lastTenant)
        .addValue(settings.paused());
  }
}
