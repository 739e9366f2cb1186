package ai.pathbound.identities.program;

/**
 * Queries of what the programs do in their database, as its server sees it, and of their logins.
 */
final class DatabaseActivity {
  private static final String OF_THE_PROGRAMS =
      " from pg_stat_activity where datname = current_database()"
          + " and usename = 'identities_service'";
  private static final String WAITING_FOR_AN_ADVISORY_LOCK =
      " from pg_stat_activity where datname = current_database() and wait_event = 'advisory'";
  private static final String LISTENING =
      OF_THE_PROGRAMS + " and query in ('select 1', 'listen login_changed')";
  private static final String END = "select count(pg_terminate_backend(pid))";

  /** How many connections there are. */
  static final String CONNECTIONS = "select count(*)" + OF_THE_PROGRAMS;

  /** Ends each; how many those were. */
  static final String END_CONNECTIONS = END + OF_THE_PROGRAMS;

  /** How many programs listen for logins that are due. */
  static final String LISTENERS = "select count(*)" + LISTENING;

  /** Ends what they listen on; how many those were. */
  static final String END_LISTENERS = END + LISTENING;

  /** How many statements wait for an advisory lock of the test's. */
  static final String STALLED = "select count(*)" + WAITING_FOR_AN_ADVISORY_LOCK;

  /** What the server does itself once it notices that the other end is gone. */
  static final String END_STALLED = END + WAITING_FOR_AN_ADVISORY_LOCK;

  /** How many logins a worker drives. */
  static final String HELD =
      "select count(*) from login_session where worker is not null and status = 'running'";

  private DatabaseActivity() {}
}
