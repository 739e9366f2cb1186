package ai.pathbound.identities.login.store;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.secret.PlainKeys;
import ai.pathbound.identities.secret.SealingContext;
import ai.pathbound.identities.secret.SealingKeys;
import ai.pathbound.identities.secret.SecretBox;
import ai.pathbound.identities.secret.TwoKeysProfile;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.Receiver;
import ai.pathbound.identities.webhook.WebhookClient;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A program whose second key has sealed values: it seals them under its first. */
@QuarkusTest
@TestProfile(TwoKeysProfile.class)
class StaleSealsTest {
  private static final String GONE = TwoKeysProfile.key("gone", 3);

  /** The worker leaves a login alone while its identity has a young note of a browser. */
  private static final String HOLD =
      """
      insert into abandoned_browser
        (tenant_id, identity_id, session_id, handle_sealed, created_at, due_at)
      values ($1, $2, $3, $4, now() + interval '1 day', now() + interval '1 day')
      """;

  private static final String USE =
      """
      update linkedin_profile
      set use_holder = gen_random_uuid(), use_token = gen_random_uuid(),
        use_until = now() + interval '1 day', use_browser_sealed = $3
      where tenant_id = $1 and identity_id = $2
      """;

  @Inject Pool pool;
  @Inject SealingKeys keys;
  @Inject SecretBox box;
  private final Client client = Client.ofNewTenant();

  private static SecretBox boxOf(String... keys) {
    return new SecretBox(PlainKeys.of(TwoKeysProfile.set(keys)));
  }

  private StaleSeals replica() {
    return new StaleSeals(pool, keys, box);
  }

  private RowSet<Row> execute(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).await().atMost(Duration.ofSeconds(30));
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }

  /** Seals what this test's tenant has in a column under the first of those keys; how many. */
  private int sealUnder(SealedColumn column, String... keys) {
    SecretBox other = boxOf(keys);
    int sealed = 0;
    // The column's own statement finds them, and tells row and value.
    for (Row row : execute(column.stale, Tuple.of(new String[] {"first"}, new UUID[0], 10_000))) {
      if (row.getString(0).equals(client.tenant())) {
        SealingContext context =
            new SealingContext(new TenantId(client.tenant()), row.getUUID(1), column.place);
        String anew = other.reseal(row.getString(2), context);
        execute(column.replace, Tuple.of(client.tenant(), row.getUUID(1), row.getString(2), anew));
        sealed++;
      }
    }
    return sealed;
  }

  private String awaitingCode(String username) {
    String identity = client.newIdentity();
    String session = client.loggingIn(identity, username);
    client.settled(identity, session);
    return identity + "/" + session;
  }

  private void hold(String identity) {
    UUID session = UUID.randomUUID();
    String sealed =
        box.seal(
            ai.pathbound.identities.secret.Secret.of("nowhere"),
            new SealingContext(
                new TenantId(client.tenant()), session, LoginSeals.Column.BROWSER.path));
    execute(
        HOLD,
        Tuple.of(
            client.tenant(), IdentityId.parse(identity).orElseThrow().uuid(), session, sealed));
  }

  /** A use of the identity's session that goes on. */
  private void use(String identity) {
    UUID row = IdentityId.parse(identity).orElseThrow().uuid();
    String sealed =
        box.seal(
            ai.pathbound.identities.secret.Secret.of("nowhere"),
            new SealingContext(
                new TenantId(client.tenant()), row, LoginSeals.Column.USE_BROWSER.path));
    execute(USE, Tuple.of(client.tenant(), row, sealed));
  }

  @Test
  void everySealedColumnIsSealedAnewAndEverythingStillOpens() {
    String connected = client.newIdentity();
    client.connect(connected, "ada@example.com");
    String[] coded = awaitingCode("ada+2fa@example.com").split("/");
    hold(coded[0]);
    client.code(coded[0], coded[1], "123456").then().statusCode(200);
    WebhookClient webhooks = new WebhookClient(client.withScope(Tokens.ALL));
    Receiver receiver = new Receiver();
    Made endpoint = webhooks.endpoint(receiver.url("/"), "webhook.test");
    String newer = webhooks.post(endpoint.id(), "rotate", Map.of()).path("secret");
    String using = client.newIdentity();
    client.connect(using, "grace@example.com");
    use(using);
    String fresh = client.newIdentity();
    hold(fresh);
    String freshSession = client.loggingIn(fresh, "eve@example.com");
    String bringing = client.newIdentity();
    hold(bringing);
    client
        .login(bringing, Map.of("session_cookie", "sandbox:mary@example.com"))
        .then()
        .statusCode(200);
    new ConnectClient(client).settings();
    String link = linkOf(fresh);
    Set<SealedColumn> used = EnumSet.noneOf(SealedColumn.class);
    int planted = 0;
    for (SealedColumn column : SealedColumn.values()) {
      int sealed = sealUnder(column, TwoKeysProfile.SECOND, TwoKeysProfile.FIRST);
      planted += sealed;
      if (sealed > 0) {
        used.add(column);
      }
    }
    assertEquals(EnumSet.allOf(SealedColumn.class), used);
    assertEquals(planted, await(replica().count()).get("second").intValue());

    StaleSeals replica = replica();
    int sealedAnew = 0;
    for (int some = 1; some > 0; sealedAnew += some) {
      some = await(replica.reseal(1));
      assertTrue(some <= SealedColumn.values().length, "a batch of 1 in each column");
    }

    assertEquals(planted, sealedAnew);
    assertFalse(await(replica.count()).containsKey("second"));
    execute("delete from abandoned_browser where tenant_id = $1", Tuple.of(client.tenant()));
    client.check(connected).then().statusCode(200).body("connected", equalTo(true));
    assertEquals("completed", client.ended(coded[0], coded[1]).getString("login_result.status"));
    assertEquals("completed", client.ended(fresh, freshSession).getString("login_result.status"));
    webhooks.test(endpoint.id());
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> receiver.count() > 0);
    assertTrue(receiver.received().get(0).isSignedWith(newer));
    assertTrue(receiver.received().get(0).isSignedWith(endpoint.secret()));
    receiver.close();
    assertEquals(link, linkOf(fresh));
  }

  /** What a repeated request is answered, which holds a secret. */
  private String linkOf(String identity) {
    return client
        .json(Map.of())
        .header("Idempotency-Key", "link")
        .post(ConnectClient.path(identity))
        .then()
        .statusCode(201)
        .extract()
        .asString();
  }

  @Test
  void twoReplicasShareTheWorkAndDoNothingTwice() {
    for (int i = 0; i < 8; i++) {
      client.connect(client.newIdentity(), "ada@example.com");
    }
    assertEquals(8, sealUnder(SealedColumn.SESSION, TwoKeysProfile.SECOND, TwoKeysProfile.FIRST));
    int sealedAnew = 0;
    for (int i = 0; i < 8; i++) {
      sealedAnew +=
          await(
              Uni.join()
                  .all(replica().reseal(3), replica().reseal(3))
                  .andCollectFailures()
                  .map(both -> both.get(0) + both.get(1)));
    }
    assertEquals(8, sealedAnew);
  }

  @Test
  void aKeyThatWasRemovedTooEarlyIsCountedAndSaidSoForEachSecret() {
    String identity = client.newIdentity();
    client.connect(identity, "ada@example.com");
    assertEquals(1, sealUnder(SealedColumn.SESSION, GONE, TwoKeysProfile.FIRST));
    StaleSeals replica = replica();
    assertEquals(1, await(replica.count()).get("gone"));
    assertEquals(0, await(replica.reseal(50)), "nobody can open it");
    client
        .check(identity)
        .then()
        .statusCode(503)
        .body("status", equalTo("error"))
        .body("code", equalTo("session_unreadable"));
    String session =
        client
            .login(identity, Map.of())
            .then()
            .statusCode(200)
            .extract()
            .path("login_result.session_id");
    assertEquals(
        "linkedin_unavailable",
        client.ended(identity, session).getString("login_result.error_code"));

    client.connect(identity, "ada@example.com");
    client.check(identity).then().statusCode(200).body("connected", equalTo(true));
    assertFalse(await(replica.count()).containsKey("gone"));
  }

  @Test
  void aValueThatIsBrokenDoesNotHoldUpTheOthers() {
    String broken = client.newIdentity();
    client.connect(broken, "ada@example.com");
    client.connect(client.newIdentity(), "eve@example.com");
    assertEquals(2, sealUnder(SealedColumn.SESSION, TwoKeysProfile.SECOND, TwoKeysProfile.FIRST));
    execute(
        "update linkedin_profile set session_sealed = session_sealed || 'x'"
            + " where tenant_id = $1 and identity_id = $2",
        Tuple.of(client.tenant(), IdentityId.parse(broken).orElseThrow().uuid()));
    StaleSeals replica = replica();
    int sealedAnew = 0;
    for (int i = 0; i < 3; i++) {
      sealedAnew += await(replica.reseal(1));
    }
    assertEquals(1, sealedAnew);
    assertEquals(1, await(replica.count()).get("second"));
    client.request().delete(Client.IDENTITIES + "/" + broken).then().statusCode(200);
  }

  @Test
  void theMetricNamesAKeyOfWhichNothingIsLeft() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> RestAssured.get("/q/metrics").asString(),
            metrics ->
                metrics.contains("identities_secrets_stale{kid=\"second\",known=\"true\"} 0.0"));
  }
}
