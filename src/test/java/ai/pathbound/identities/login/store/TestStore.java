package ai.pathbound.identities.login.store;

import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.MigratedServer;
import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.LoginSettingsOf;
import ai.pathbound.identities.login.LoginTransitions;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.secret.PlainKeys;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.secret.SecretBox;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.Event;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The real store on a real PostgreSQL, without the program around it. Its own clock, by which ids
 * and audit events tell time, stands still and is far behind the database's.
 */
final class TestStore implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String IDENTITIES =
      """
      insert into identity
      select '%1$s', gen_random_uuid(), 'Ada', 'Lovelace', 'CTO', now(), now()
      from generate_series(1, %2$d);
      insert into linkedin_profile (tenant_id, identity_id, profile_id, country)
      select tenant_id, id, gen_random_uuid(), 'US' from identity where tenant_id = '%1$s';
      """;
  private static final String KEYS =
      "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"test\",\"k\":\"%s\"}]}"
          .formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]));

  final SettableClock clock;
  final LoginSettings settings = LoginSettingsOf.values(Map.of());
  final Ids ids;
  final Pool pool;
  final Transactions transactions;
  final LoginStarts starts;
  final LoginStore store;
  final ChallengeRequests challenges;
  final LoginCancellation cancellation;
  final LoginHistory logins;
  final LoginQueue queue;
  final Leases leases;
  final ClaimedLogins claimed;

  /** The same under other settings. */
  final Function<LoginSettings, ClaimedLogins> claimedUnder;

  final StrandedLogins stranded;
  final AbandonedBrowsers browsers;
  final LoginTermination termination;
  final LoginSeals seals = new LoginSeals(new SecretBox(PlainKeys.of(KEYS)));
  final SessionLeases uses;
  final LinkedInProfiles profiles;
  final HealthCheckQueue looks;
  final HealthCheckRecord lookRecord;
  final Queue<Event> told = new ConcurrentLinkedQueue<>();
  final List<LoginFollower> followers = new CopyOnWriteArrayList<>();

  private final String database;
  private final boolean owned;
  private final Vertx vertx = Vertx.vertx();

  TestStore() {
    this(
        newDatabase(), true, new SettableClock(Instant.parse("2026-01-01T00:00:00Z")), CONNECTIONS);
  }

  /** Another replica on the database of {@code first}, by a clock of its own. */
  TestStore(TestStore first, SettableClock clock) {
    this(first, clock, CONNECTIONS);
  }

  /** The same, with so many connections. */
  TestStore(TestStore first, SettableClock clock, int connections) {
    this(first.database, false, clock, connections);
  }

  private static String newDatabase() {
    try {
      return MigratedServer.shared().copy();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private TestStore(String database, boolean owned, SettableClock clock, int connections) {
    this.database = database;
    this.owned = owned;
    this.clock = clock;
    this.ids = new Ids(clock);
    pool =
        Pool.newInstance(
            PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(
                    new PgConnectOptions()
                        .setPort(MigratedServer.shared().port())
                        .setHost("localhost")
                        .setDatabase(database)
                        .setUser("postgres")
                        .setCachePreparedStatements(true))
                .using(vertx)
                .build());
    // Every change of state of thousands of logins.
    Logger.getLogger(LoginTransitions.class.getName()).setLevel(Level.WARNING);
    LoginTransitions log = new LoginTransitions(new SimpleMeterRegistry());
    // Nobody is told: what is told to whom has tests of its own.
    LoginEvents events =
        new LoginEvents(
            (tx, tenant, event) -> Uni.createFrom().voidItem().invoke(() -> told.add(event)));
    AuditTrail audit = new AuditTrail(ids, clock);
    LoginStateWriter record = new LoginStateWriter(settings, log, audit, events, followers);
    transactions = new Transactions(pool);
    termination = new LoginTermination(record);
    starts = new LoginStarts(ids, settings, seals, termination, new LoginLimits(settings), log);
    store = new LoginStore(pool, settings, seals, record);
    challenges = new ChallengeRequests(settings, record);
    cancellation = new LoginCancellation(termination);
    logins = new LoginHistory(pool);
    queue = new LoginQueue(pool, settings, seals, log);
    leases = new Leases(pool, settings);
    claimedUnder =
        by -> new ClaimedLogins(pool, transactions, seals, record, events, audit, by, CONNECTIONS);
    claimed = claimedUnder.apply(settings);
    stranded = new StrandedLogins(pool, settings, transactions, record);
    browsers = new AbandonedBrowsers(pool, seals);
    uses = new SessionLeases(pool, seals);
    profiles = new LinkedInProfiles(pool, settings, seals, cancellation, events);
    looks = new HealthCheckQueue(pool, settings);
    lookRecord = new HealthCheckRecord(pool, transactions, settings, events, audit);
  }

  DataSource owner() {
    return MigratedServer.shared().owner(database);
  }

  /** Runs statements as the owner. */
  void execute(String sql) throws SQLException {
    try (Connection connection = owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Lets so much time pass in the database. */
  void letPass(Duration time) {
    run(pool.query(DatabaseTime.passes(time)).execute());
  }

  /** The same for the rows of one tenant. */
  void letPass(Duration time, TenantId tenant) {
    run(pool.query(DatabaseTime.passes(time, tenant.value())).execute());
  }

  /** What time it is in the database. */
  Instant now() {
    return run(pool.query("select now()").execute())
        .iterator()
        .next()
        .getOffsetDateTime(0)
        .toInstant();
  }

  /** So many new identities of that tenant, each with a profile; by SQL, in no time. */
  void insertIdentities(String tenant, int count) throws SQLException {
    execute(IDENTITIES.formatted(tenant, count));
  }

  <T> T run(Uni<T> work) {
    return work.await().atMost(PATIENCE);
  }

  IdentityId newIdentity(TenantId tenant) {
    IdentityId identity = ids.identity();
    run(
        pool.preparedQuery(
                "insert into identity values ($1, $2, 'Ada', 'Lovelace', 'CTO', now(), now())")
            .execute(Tuple.of(tenant.value(), identity.uuid())));
    return identity;
  }

  /** A profile that a login has left with that session. */
  void insertSession(TenantId tenant, IdentityId identity, String session) {
    run(
        pool.preparedQuery(
                """
                insert into linkedin_profile (tenant_id, identity_id, profile_id, country, connected,
                  connected_at, session_sealed)
                values ($1, $2, gen_random_uuid(), 'US', true, now(), $3)
                """)
            .execute(
                Tuple.of(
                    tenant.value(),
                    identity.uuid(),
                    seals.seal(Secret.of(session), LoginSeals.Column.SESSION, tenant, identity))));
  }

  /** A request to log in with credentials. */
  static LoginStarts.LoginRequest request(TenantId tenant, IdentityId identity) {
    return new LoginStarts.LoginRequest(
        tenant,
        identity,
        Optional.of(new Credentials.Password(Secret.of("ada"), Secret.of("password"))),
        Optional.empty(),
        Duration.ofMinutes(10),
        null);
  }

  /** Starts a login with credentials. */
  LoginSnapshot logIn(TenantId tenant, IdentityId identity) {
    return run(transactions.run(tx -> starts.start(tx, request(tenant, identity))));
  }

  @Override
  public void close() {
    pool.closeAndAwait();
    vertx.close();
    if (!owned) {
      return;
    }
    try {
      MigratedServer.shared().drop(database);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
