package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.database.ConnectionPool;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What PostgreSQL makes of each statement of ours, planned once for all values and for given ones,
 * whatever it knows of the tables. Not in question is a table that somebody analysed while it had
 * no row or one: then every plan costs the same.
 */
class PlansTest {
  /** How many rows there are, and whether PostgreSQL has counted them. */
  enum State {
    EMPTY(0, false),
    ONE_ROW(1, false),
    SMALL(30, false),
    SMALL_ANALYSED(30, true),
    LARGE(5_000, false),
    LARGE_ANALYSED(5_000, true);

    private final int identities;
    private final boolean analysed;

    State(int identities, boolean analysed) {
      this.identities = identities;
      this.analysed = analysed;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern STATEMENT =
      Pattern.compile("\\s*(with|select|insert|update|delete)\\b.*", Pattern.DOTALL);
  private static final Pattern COMPARED = Pattern.compile("(\\w+)\\)? (?:=|<|>|<=|>=|IS)");

  // One row, a dozen, or 20 for each tenant.
  private static final Set<String> DO_NOT_GROW =
      Set.of(
          "login_pause",
          "session_look_pace",
          "flyway_schema_history",
          "pg_class",
          "webhook_endpoint",
          "connect_settings");
  // They hold what is under way and nothing else, so that to read all of them is to read what is
  // asked.
  private static final Set<String> OF_WHAT_IS_UNDER_WAY =
      Set.of(
          "login_session_due",
          "login_session_due_of_tenant",
          "login_session_lease",
          "login_session_deadline",
          "login_session_one_at_a_time",
          "linkedin_profile_use_browser",
          "linkedin_profile_look_lease",
          "webhook_delivery_due",
          "webhook_delivery_lease",
          "connect_link_end",
          "abandoned_browser_due");
  // Lists, which stop at their limit; the smallest key of an index, which is its first entry; and a
  // number of sessions that is counted now and then. And a note of a browser that is sealed anew,
  // of
  // which a tenant has a few, and only after a rotation.
  private static final Set<String> READ_IN_ORDER =
      Set.of(
          "IdentityReads.FIRST_PAGE identity_pkey",
          "HealthCheckQueue.CLAIM linkedin_profile_look_due",
          "HealthCheckQueue.PLAN linkedin_profile_look_unplanned",
          "HealthCheckQueue.COUNT linkedin_profile_session_kid",
          "SealedColumn.ABANDONED.replace abandoned_browser_of_identity",
          "SealedColumn.SESSION.count linkedin_profile_session_kid",
          "SealedColumn.MEMBER.count linkedin_profile_member_kid",
          "SealedColumn.USE_BROWSER.count linkedin_profile_use_browser",
          "SealedColumn.ANSWER.count idempotency_key_body_kid");
  // Pieces of the others.
  private static final Set<String> PIECES =
      Set.of(
          "AuditEvents.PAGE",
          "IdentityReads.SELECT",
          "AbandonedBrowsers.NOTE",
          "LoginJournalWriter.WRITE",
          "LinkRows.SELECT",
          "Outbox.WRITE");

  private static final String ROWS =
      """
      insert into identity
      select 'tenant-' || 1 + g % 3, gen_random_uuid(), 'a', 'b', 'c', now(), now()
      from generate_series(1, {n}) g;
      insert into linkedin_profile
      select tenant_id, id, gen_random_uuid(), 'US' from identity;
      insert into login_session
        (tenant_id, id, identity_id, profile_id, country, verification_wait_s, status, created_at,
         updated_at, finished_at)
      select tenant_id, gen_random_uuid(), identity_id, profile_id, 'US', 60, 'completed', now(), now(),
        now()
      from linkedin_profile;
      insert into login_session
        (tenant_id, id, identity_id, profile_id, country, verification_wait_s, status,
         username_sealed, password_sealed, due_at, deadline_at, created_at, updated_at)
      select tenant_id, gen_random_uuid(), identity_id, profile_id, 'US', 60, 'queued', {sealed}, {sealed},
        now(), now(), now(), now()
      from linkedin_profile;
      insert into abandoned_browser
      select gen_random_uuid(), tenant_id, identity_id, id, {sealed}, now(), now(), 0
      from login_session;
      insert into audit_event
      select tenant_id, gen_random_uuid(), now(), 'a', 'login_started', identity_id, id, null, 'success'
      from login_session;
      insert into idempotency_key
      select tenant_id, 's', 'c', id::text, 'f', 200, null, 'x', false, now() from login_session;
      update idempotency_key set body = {sealed}, sealed_for = key::uuid where key < '8';
      insert into webhook_endpoint (tenant_id, id, url, secret_sealed, created_at, updated_at)
      select tenant_id, gen_random_uuid(), 'https://x', {sealed}, now(), now()
      from identity group by tenant_id;
      insert into webhook_message
      select tenant_id, gen_random_uuid(), 'webhook.test', '{}', now() from login_session;
      insert into webhook_delivery (tenant_id, endpoint_id, message_id, status, due_at, created_at)
      select m.tenant_id, e.id, m.id, 'pending', now(), now()
      from webhook_message m join webhook_endpoint e using (tenant_id);
      insert into connect_settings
      select tenant_id, 'a', '{}', null, null, null, now() from identity group by tenant_id;
      insert into connect_link
        (tenant_id, id, identity_id, token_mac, status, created_at, expires_at, updated_at, finished_at)
      select tenant_id, gen_random_uuid(), id, left(translate(encode(sha256(id::text::bytea), 'base64'), '+/', '-_'), 43),
        'revoked', now(), now() + interval '1 hour', now(), now()
      from identity;
      insert into connect_link
        (tenant_id, id, identity_id, token_mac, browser_mac, status, submissions, session_id, created_at,
         expires_at, opened_at, updated_at)
      select tenant_id, gen_random_uuid(), identity_id,
        left(translate(encode(sha256(id::text::bytea), 'base64'), '+/', '-_'), 43),
        left(translate(encode(sha256(id::text::bytea), 'base64'), '+/', '-_'), 43), 'submitted', 1, id, now(),
        now() + interval '1 hour', now(), now()
      from login_session where status = 'queued';
      insert into connect_consent
      select tenant_id, id, identity_id, repeat('0', 64), '1', now() from connect_link where submissions > 0;
      """;
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("text", "''"),
          Map.entry("uuid", "gen_random_uuid()"),
          Map.entry("bigint", "16"),
          Map.entry("integer", "16"),
          Map.entry("timestamp with time zone", "now()"),
          Map.entry("boolean", "false"),
          Map.entry("double precision", "0.5"),
          Map.entry("jsonb", "'[]'"),
          Map.entry("text[]", "array['tenant-1']"),
          Map.entry("uuid[]", "array[gen_random_uuid()]"),
          Map.entry("bigint[]", "array[1]"),
          Map.entry("integer[]", "array[1]"),
          Map.entry("timestamp with time zone[]", "array[now()]"),
          Map.entry("boolean[]", "array[true]"));

  private static final Map<String, String> STATEMENTS = new LinkedHashMap<>();

  /** Every statement that a class of the program holds as a constant, and what else is sent. */
  @BeforeAll
  static void collect() throws IOException, URISyntaxException, ReflectiveOperationException {
    Path root =
        Path.of(ConnectionPool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> classes;
    try (Stream<Path> files = Files.walk(root)) {
      classes =
          files
              .map(file -> root.relativize(file).toString().replace('/', '.'))
              .filter(name -> name.startsWith("ai.pathbound.") && name.endsWith(".class"))
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .sorted()
              .toList();
    }
    String page = null;
    for (String name : classes) {
      Class<?> type = Class.forName(name, false, PlansTest.class.getClassLoader());
      for (Field field : type.getDeclaredFields()) {
        if (field.getType() == String.class
            && name.matches(".*(store|audit|idempotency|identity|database|connect\\.link)\\..*")) {
          collect(type, field);
        }
      }
      if (type.getSimpleName().equals("AuditEvents")) {
        page = text(type.getDeclaredField("PAGE"), null);
      }
    }
    STATEMENTS.put("AuditEvents of all", page + " order by id limit $3");
    STATEMENTS.put("AuditEvents of one", page + " and identity_id = $4 order by id limit $3");
    STATEMENTS.put(
        "Hibernate's update",
        "update identity set first_name = $1 where id = $2 and tenant_id = $3");
    for (String key :
        List.of(
            "linkedin_profile identity_id",
            "login_session identity_id",
            "webhook_delivery endpoint_id",
            "webhook_delivery message_id",
            "connect_link identity_id",
            "connect_consent identity_id")) {
      String[] of = key.split(" ");
      STATEMENTS.put(
          "cascade to " + key,
          "delete from only " + of[0] + " where tenant_id = $1 and " + of[1] + " = $2");
    }
    for (String key :
        List.of("identity id", "linkedin_profile identity_id", "webhook_message id")) {
      String[] of = key.split(" ");
      STATEMENTS.put(
          "check of " + key,
          "select 1 from only %s x where tenant_id = $1 and %s = $2 for key share of x"
              .formatted(of[0], of[1]));
    }
  }

  private static void collect(Class<?> type, Field field) throws IllegalAccessException {
    if (Modifier.isStatic(field.getModifiers())) {
      keep(type.getSimpleName() + "." + field.getName(), text(field, null));
    } else if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        keep(type.getSimpleName() + "." + constant + "." + field.getName(), text(field, constant));
      }
    }
  }

  private static String text(Field field, Object of) throws IllegalAccessException {
    field.setAccessible(true);
    return (String) field.get(of);
  }

  private static void keep(String name, String text) {
    if (text != null && STATEMENT.matcher(text).matches() && !PIECES.contains(name)) {
      STATEMENTS.put(name, text);
    }
  }

  @Test
  void noStatementIsForgotten() {
    for (String name :
        List.of(
            "ClaimStatement.WHAT_IS_DUE",
            "ClaimStatement.WHAT_WAS_ANNOUNCED",
            "StateChangeStatement.CHANGE",
            "HealthCheckQueue.CLAIM",
            "LoginJournalWriter.WRITE_ONE",
            "SettlementWriter.PROFILES",
            "LoginPause.TRIP",
            "SealedColumn.USERNAME.stale",
            "DeliveryQueue.CLAIM",
            "Outbox.TO_ALL",
            "IdempotentRequests.TAKE",
            "AuditTrail.WRITE_OWN",
            "IdentityReads.ONE",
            "LinkLoginFollower.FOLLOWING",
            "LinkRecord.CHANGE",
            "HolderSteps.BY_TOKEN",
            "SealedColumn.ANSWER.stale")) {
      assertTrue(STATEMENTS.containsKey(name), name + " of " + STATEMENTS.keySet());
    }
    assertTrue(STATEMENTS.size() > 110, STATEMENTS.keySet().toString());
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void everyStatementFindsItsRowsByTheirKeys(State state) throws SQLException, IOException {
    Set<String> found = new TreeSet<>();
    try (TestStore store = new TestStore();
        Connection connection = store.owner().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(
          ROWS.replace("{n}", Integer.toString(state.identities))
              .replace("{sealed}", "'eyJraWQiOiJ0ZXN0In0.a.a.a.a'"));
      if (state.analysed) {
        sql.execute("analyze");
      }
      sql.execute("set jit = off");
      for (String way : ConnectionPool.WAYS_TO_READ_MUCH) {
        sql.execute("set " + way + " = off");
      }
      for (String mode : List.of("force_generic_plan", "force_custom_plan")) {
        sql.execute("set plan_cache_mode = " + mode);
        sql.execute("deallocate all");
        for (Map.Entry<String, String> statement : STATEMENTS.entrySet()) {
          sql.execute("prepare planned as " + statement.getValue());
          for (String finding : findings(statement.getKey(), plan(sql, mode))) {
            found.add(statement.getKey() + ": " + finding);
          }
          sql.execute("deallocate planned");
        }
      }
    }
    assertEquals(Set.of(), found);
  }

  private static JsonNode plan(Statement sql, String mode) throws SQLException, IOException {
    List<String> types = new ArrayList<>();
    try (ResultSet row =
        sql.executeQuery(
            "select parameter_types::text[] from pg_prepared_statements where name = 'planned'")) {
      row.next();
      types.addAll(Arrays.asList((String[]) row.getArray(1).getArray()));
    }
    String values =
        mode.equals("force_generic_plan")
            ? types.stream().map(type -> "null").collect(Collectors.joining(","))
            : types.stream().map(PlansTest::value).collect(Collectors.joining(","));
    // Nearly always the tenant.
    String first = values.startsWith("''") ? "'tenant-1'" + values.substring(2) : values;
    try (ResultSet row =
        sql.executeQuery(
            "explain (format json) execute planned" + (types.isEmpty() ? "" : "(" + first + ")"))) {
      row.next();
      return JSON.readTree(row.getString(1));
    }
  }

  private static String value(String type) {
    String value = VALUES.get(type);
    assertTrue(value != null, "no value of type " + type);
    return value;
  }

  private static List<String> findings(String statement, JsonNode plan) {
    List<String> found = new ArrayList<>();
    plan.findParents("Node Type").forEach(node -> look(statement, node, found));
    return found;
  }

  private static void look(String statement, JsonNode node, List<String> found) {
    for (JsonNode below : node.path("Plans")) {
      look(statement, below, found);
    }
    String kind = node.path("Node Type").asText();
    String table = node.path("Relation Name").asText();
    if (kind.equals("Seq Scan") && !DO_NOT_GROW.contains(table)) {
      found.add("reads all of " + table);
    }
    String index = node.path("Index Name").asText();
    // Of those a tenant has a few, and one.
    if (index.isEmpty() || Set.of("webhook_endpoint", "connect_settings").contains(table)) {
      return;
    }
    String condition = node.path("Index Cond").asText();
    Set<String> columns =
        COMPARED.matcher(condition).results().map(m -> m.group(1)).collect(Collectors.toSet());
    columns.remove("tenant_id");
    if (columns.isEmpty()
        && !condition.contains("ROW(")
        && !condition.contains("sealed_kid(")
        && !OF_WHAT_IS_UNDER_WAY.contains(index)
        && !READ_IN_ORDER.contains(statement + " " + index)) {
      found.add("reads " + index + " where " + condition);
    }
    // What was picked from a queue is found by its key and not by a second look at the queue.
    if ((statement.endsWith("Queue.CLAIM") || statement.startsWith("ClaimStatement."))
        && node.path("Filter").asText().contains("COALESCE")
        && !index.endsWith("_pkey")
        && !index.endsWith("_of_message")) {
      found.add("finds what it picked by " + index);
    }
  }
}
