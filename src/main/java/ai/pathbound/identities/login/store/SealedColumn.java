package ai.pathbound.identities.login.store;

/** A column of the database that holds sealed values, and how those under another key are found. */
enum SealedColumn {
  SESSION("linkedin_profile", "session_sealed", "identity_id", LoginSeals.Column.SESSION, null),
  MEMBER("linkedin_profile", "member_sealed", "identity_id", LoginSeals.Column.MEMBER, null),
  // Of a use under way: a few, found by their index.
  USE_BROWSER(
      "linkedin_profile",
      "use_browser_sealed",
      "identity_id",
      LoginSeals.Column.USE_BROWSER,
      Live.ALL),
  // An ended login holds no secret: only those under way are searched.
  USERNAME("login_session", "username_sealed", "id", LoginSeals.Column.USERNAME, Live.LOGINS),
  PASSWORD("login_session", "password_sealed", "id", LoginSeals.Column.PASSWORD, Live.LOGINS),
  SESSION_COOKIE(
      "login_session",
      "session_cookie_sealed",
      "id",
      LoginSeals.Column.SESSION_COOKIE,
      Live.LOGINS),
  CODE("login_session", "code_sealed", "id", LoginSeals.Column.CODE, Live.LOGINS),
  BROWSER("login_session", "browser_sealed", "id", LoginSeals.Column.BROWSER, Live.LOGINS),
  ABANDONED(
      "abandoned_browser", "handle_sealed", "session_id", LoginSeals.Column.BROWSER, Live.NOTES),
  // Of another room, which seals them for a place of its own: both secrets of an endpoint for one.
  WEBHOOK("webhook_endpoint", "secret_sealed", "id", "webhook_endpoint.secret", null),
  WEBHOOK_BEFORE("webhook_endpoint", "older_secret_sealed", "id", "webhook_endpoint.secret", null),
  // Answers that hold a secret, kept for a day.
  ANSWER("idempotency_key", "body", "sealed_for", "idempotency_key.body", Live.ANSWERS);

  /** Which rows can hold a value at all. */
  private static final class Live {
    static final String LOGINS = "finished_at is null";
    static final String ALL = "true";
    // All of them: it names an index.
    static final String NOTES = "due_at > '-infinity'";
    // Most answers are no secret. Those that are have an index by key, as what lives long has.
    static final String ANSWERS = "sealed_for is not null";
  }

  /** Where the values were sealed for. */
  final String place;

  /** Selects and locks up to $3 values encrypted under a key in $1, except rows $2. */
  final String stale;

  /**
   * Replaces the value $3 by $4 in row $2 of tenant $1. Not with an equals sign, which would make
   * the index of all sealed values a way to the row.
   */
  final String replace;

  /** Counts the values of each key except $1. */
  final String count;

  SealedColumn(String table, String column, String row, LoginSeals.Column place, String live) {
    this(table, column, row, place.path, live);
  }

  SealedColumn(String table, String column, String row, String place, String live) {
    this.place = place;
    String kid = "sealed_kid(" + column + ")";
    String sealed = "from " + table + " where " + column + " is not null";
    String where = live == null ? sealed : sealed + " and " + live;
    this.stale =
        """
        select tenant_id, %1$s, %2$s %3$s and %4$s = any($1) and not %1$s = any($2)
        limit $3 for update skip locked
        """
            .formatted(row, column, where, kid);
    this.replace =
        ("update %1$s set %2$s = $4 where tenant_id = $1 and %3$s = $2"
                + " and %2$s is not distinct from $3")
            .formatted(table, column, row);
    this.count =
        live == null || live.equals(Live.ANSWERS)
            ? byIndex(where, kid)
            : "select %1$s, count(*) %2$s and %1$s <> $1 group by 1".formatted(kid, where);
  }

  /** Skip scan over the kid index; skips values under the current key. */
  private static String byIndex(String where, String kid) {
    return """
    with recursive kids(kid) as (
      select min(%1$s) %2$s
      union all
      select (select min(%1$s) %2$s and %1$s > kids.kid) from kids where kid is not null)
    select kid, (select count(*) %2$s and %1$s = kids.kid) from kids where kid <> $1
    """
        .formatted(kid, where);
  }
}
