package ai.pathbound.identities;

import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;

/**
 * Lets time pass in a database whose clock a test cannot set: whatever is in it becomes so much
 * older, and for its statements that is the same. What watches the tables (triggers, the history
 * that a test keeps) does not see it. When credentials were sent nobody compares, only whether they
 * were; the history takes another time for another sending.
 *
 * <p>It locks the rows of every table, in an order that is not the program's. So it finds a
 * deadlock before the program does, lets go and begins again: the program's transaction is not the
 * victim.
 */
public final class DatabaseTime {
  private static final String OLDER =
      """
      do $$
      declare
        aged record;
      begin
        perform set_config('session_replication_role', 'replica', true);
        perform set_config('deadlock_timeout', '20ms', true);
        loop
          begin
            for aged in
              select table_name, string_agg(
                  format('%%1$I = %%1$I - interval ''%1$d milliseconds''', column_name), ', ')
                  as older
              from information_schema.columns c
              where table_schema = current_schema() and data_type = 'timestamp with time zone'
                and table_name <> 'login_history'
                and column_name <> 'credentials_sent_at' and %2$s
              group by table_name
              order by table_name
            loop
              execute format('update %%I set %%s where %3$s', aged.table_name, aged.older);
            end loop;
            exit;
          exception
            when deadlock_detected then null;
          end;
        end loop;
      end $$
      """;
  private static final String OF_A_TENANT =
      """
      exists (select 1 from information_schema.columns t where t.table_schema = c.table_schema
        and t.table_name = c.table_name and t.column_name = 'tenant_id')""";

  private DatabaseTime() {}

  /** Lets so much time pass. */
  public static void pass(Pool database, Duration time) {
    database.query(passes(time)).executeAndAwait();
  }

  /**
   * The statement by which so much time passes, run as a superuser; less than none turns it back.
   */
  public static String passes(Duration time) {
    return OLDER.formatted(time.toMillis(), "true", "true");
  }

  /** The same for the rows of one tenant. */
  public static String passes(Duration time, String tenant) {
    return OLDER.formatted(
        time.toMillis(), OF_A_TENANT, "tenant_id = ''" + tenant.replace("'", "") + "''");
  }
}
