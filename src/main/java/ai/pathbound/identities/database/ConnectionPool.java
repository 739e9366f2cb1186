package ai.pathbound.identities.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Creates the one pool, shared by Hibernate Reactive and the plain client, with limits: on each
 * wait for a connection or an answer, and on the locks of a replica that is gone.
 */
@Singleton
public class ConnectionPool implements PgPoolCreator {
  // statement_timeout fires before the client's limit, because the server's error names the cause.
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Plans that no statement of ours is meant to have, by their settings. */
  public static final List<String> WAYS_TO_READ_MUCH =
      List.of("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin");

  private final DatabaseSettings settings;

  ConnectionPool(DatabaseSettings settings) {
    this.settings = settings;
  }

  /** Called once for the one datasource. */
  @Override
  public Pool create(Input input) {
    List<PgConnectOptions> servers = input.pgConnectOptionsList();
    servers.forEach(this::limit);
    return ClientBuilder.pool(new InactivityTimeout(settings.patience().plus(GRACE)))
        .with(limit(input.poolOptions()))
        .connectingTo(List.copyOf(servers))
        .using(input.vertx())
        .build();
  }

  private PoolOptions limit(PoolOptions pool) {
    // Idle connections leave the pool before the inactivity timeout closes them.
    return pool.setConnectionTimeout(millis(settings.patience()))
        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout(millis(settings.patience().dividedBy(2)))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setPoolCleanerPeriod(500);
  }

  private void limit(PgConnectOptions server) {
    server.setConnectTimeout(millis(settings.patience()));
    server.setTcpKeepAlive(true);
    if (settings.transactionPooler()) {
      keepNothing(server);
    } else {
      limitTheSession(server);
    }
  }

  /** What one transaction leaves on a connection, another client's would meet. */
  private static void keepNothing(PgConnectOptions server) {
    // Without names, and each sent together with its execution.
    server.setCachePreparedStatements(false);
    server.setUseLayer7Proxy(true);
    // PgBouncer refuses to connect who asks for it. It is the server's default, but for its digits.
    server.getProperties().remove("extra_float_digits");
  }

  private void limitTheSession(PgConnectOptions server) {
    String idle = Long.toString(settings.patience().dividedBy(2).toMillis());
    String patience = Long.toString(settings.patience().toMillis());
    server.getProperties().putIfAbsent("statement_timeout", patience);
    // A replica that is stopped or cut off inside a transaction keeps locks that others wait for.
    server.getProperties().putIfAbsent("idle_in_transaction_session_timeout", idle);
    // Every statement reads few rows: what compiling a plan would cost, it can never bring in.
    server.getProperties().putIfAbsent("jit", "off");
    // Every statement finds its rows by a key, whatever the values: there is nothing to gain by
    // planning one for given values.
    server.getProperties().putIfAbsent("plan_cache_mode", "force_generic_plan");
    // These plans read much. PostgreSQL chooses them where a table is small at the moment or has
    // never been analysed, and keeps the plan while the table grows.
    for (String way : WAYS_TO_READ_MUCH) {
      server.getProperties().putIfAbsent(way, "off");
    }
    // By default the longest statements, such as a claim, are planned again each time.
    server.setPreparedStatementCacheSqlFilter(sql -> true);
  }

  private static int millis(Duration time) {
    return Math.toIntExact(time.toMillis());
  }
}
