package ai.pathbound.identities.connect.link;

import static ai.pathbound.identities.connect.link.Holder.await;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.webhook.WebhookClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a holder does with a link, and what becomes of it then. */
@QuarkusTest
class HolderStepsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject HolderSteps steps;
  @Inject HolderLogins logins;
  @Inject LinkEndings endings;
  @Inject LinkTokens tokens;
  @Inject Pool pool;

  private ConnectClient client;
  private String identity;
  private ConnectClient.Made link;
  private Holder holder;

  @BeforeEach
  void hasALink() {
    client = ConnectClient.ofNewTenant();
    identity = client.client().newIdentity();
    link = client.link(identity);
    holder = new Holder(steps, logins, link);
  }

  private void becomes(String status) {
    await().atMost(PATIENCE).until(() -> client.status(link), equalTo(status));
  }

  private String loginStatus() {
    String session = client.get(link).getString("connect_link.session_id");
    return client.client().settled(identity, session).getString("login_result.status");
  }

  @Test
  void aHolderConsentsSubmitsAnswersAndIsDone() {
    assertEquals(LinkStatus.OPENED, holder.consents().status());
    assertTrue(steps.isBoundTo(holder.link(), holder.cookie));
    assertEquals(
        link.id(),
        await(steps.ofBrowser(holder.link().facts().link(), holder.cookie))
            .orElseThrow()
            .facts()
            .link()
            .toString());
    StoredLink submitted = holder.submits("ada+2fa@example.com");
    assertEquals(LinkStatus.SUBMITTED, submitted.status());
    assertEquals("awaiting_2fa", loginStatus());
    holder.answers("123456");
    becomes("completed");
    assertTrue(client.client().identity(identity).getBoolean("identity.linkedin.connected"));
    JsonPath consent =
        client
            .client()
            .request()
            .get(Client.IDENTITIES + "/" + identity + "/linkedin/consent")
            .then()
            .statusCode(200)
            .body("consent.link_id", equalTo(link.id()))
            .body("consent.text_sha256", equalTo(Holder.TEXT.sha256()))
            .body("consent.text_version", equalTo(Holder.TEXT.version()))
            .body(
                "consent.keySet()",
                equalTo(
                    Set.of(
                        "link_id",
                        "text_sha256",
                        "text_version",
                        "consented_at",
                        "user_agent",
                        "client_address")))
            .body("consent.client_address", equalTo("192.0.2.7"))
            .body("consent.user_agent", equalTo("Mozilla/5.0 ?"))
            .extract()
            .jsonPath();
    assertEquals(
        client.get(link).getString("connect_link.opened_at"),
        consent.getString("consent.consented_at"));
  }

  @Test
  void theTrailTellsEveryStepAndWhoTookIt() {
    holder.consents();
    holder.submits("ada+2fa@example.com");
    loginStatus();
    holder.answers("123456");
    becomes("completed");
    JsonPath trail = client.client().request().get("/v1/audit?identity_id=" + identity).jsonPath();
    assertEquals(
        List.of(
            "identity_created/client",
            "link_created/client",
            "link_opened/holder",
            "link_consented/holder",
            "login_started/holder",
            "link_submitted/holder",
            "code_given/holder",
            "login_ended/service",
            "link_completed/service"),
        IntStream.range(0, trail.getList("events").size())
            .mapToObj(
                i ->
                    trail.getString("events[" + i + "].action")
                        + "/"
                        + trail.getString("events[" + i + "].actor_type"))
            .toList());
    assertEquals(Holder.TEXT.sha256(), trail.getString("events[3].text_sha256"));
    assertEquals(Holder.TEXT.version(), trail.getString("events[3].text_version"));
    assertEquals("192.0.2.7", trail.getString("events[2].client_address"));
    assertEquals(link.id(), trail.getString("events[4].link_id"));
    assertFalse(trail.prettify().contains(link.token()));
  }

  @Test
  void endpointsAreToldInTheOrderOfTheLinksVersions() {
    WebhookClient webhooks = new WebhookClient(client.client().withScope(Tokens.ALL));
    webhooks.endpoint("https://hooks.invalid/");
    holder.consents();
    holder.submits("ada@example.com");
    becomes("completed");
    List<String> told = new ArrayList<>();
    pool.preparedQuery(
            "select type, body from webhook_message where tenant_id = $1"
                + " and type like 'connect_link.%' order by id")
        .executeAndAwait(Tuple.of(client.client().tenant()))
        .forEach(
            row -> {
              JsonPath body = JsonPath.from(row.getString("body"));
              assertEquals(link.id(), body.getString("data.link_id"));
              assertEquals(identity, body.getString("data.identity_id"));
              assertEquals(
                  row.getString("type").endsWith("completed")
                      ? client.client().identity(identity).getString("identity.linkedin.profile_id")
                      : null,
                  body.getString("data.profile_id"));
              told.add(
                  row.getString("type")
                      + " "
                      + body.getString("data.status")
                      + " "
                      + body.getInt("data.sequence"));
            });
    assertEquals(
        List.of("connect_link.opened opened 2", "connect_link.completed completed 4"), told);
  }

  @Test
  void aRefusedPasswordLeadsBackAndTheThirdFails() {
    holder.consents();
    for (int i = 0; i < 2; i++) {
      holder.submits("ada+rejected@example.com");
      becomes("opened");
      assertEquals("credentials_rejected", client.get(link).getString("connect_link.error_code"));
    }
    holder.submits("ada+rejected@example.com");
    becomes("failed");
    assertEquals("credentials_rejected", client.get(link).getString("connect_link.error_code"));
    assertMovedOn(() -> holder.submits("ada@example.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "ada+locked@example.com,account_locked",
    "ada+captcha@example.com,captcha_required",
    "ada+unknown@example.com,unknown_challenge",
    "ada+down@example.com,linkedin_unavailable"
  })
  void anyOtherFailureEndsTheLink(String username, String code) {
    holder.consents();
    holder.submits(username);
    becomes("failed");
    assertEquals(code, client.get(link).getString("connect_link.error_code"));
  }

  @Test
  void aConsentThatIsSentTwiceBindsTheSameBrowser() {
    StoredLink seen = holder.link();
    for (int i = 0; i < 2; i++) {
      StoredLink after =
          await(
              steps.open(
                  seen, holder.cookie, Holder.SHOWN, Consents.From.of(null, Holder.ADDRESS)));
      assertTrue(steps.isBoundTo(after, holder.cookie));
      assertEquals(2, after.version());
    }
  }

  @Test
  void oneCookieForTwoLinksBindsEachByItself() {
    StoredLink one = holder.consents();
    Holder other = new Holder(steps, logins, client.link(identity));
    StoredLink two =
        await(
            steps.open(
                other.link(), holder.cookie, Holder.SHOWN, Consents.From.of(null, Holder.ADDRESS)));
    for (StoredLink each : List.of(one, two)) {
      assertEquals(
          each.facts().link(),
          await(steps.ofBrowser(each.facts().link(), holder.cookie)).orElseThrow().facts().link());
    }
  }

  @Test
  void aBrowserThatTheReleaseBeforeBoundGoesOn() {
    StoredLink seen = holder.consents();
    String[] all = tokens.allOfBrowser(seen.facts().link(), holder.cookie);
    pool.preparedQuery("update connect_link set browser_mac = $2 where tenant_id = $1")
        .executeAndAwait(Tuple.of(client.client().tenant(), all[all.length - 1]));
    assertTrue(steps.isBoundTo(holder.link(), holder.cookie));
    assertTrue(await(steps.ofBrowser(seen.facts().link(), holder.cookie)).isPresent());
    assertFalse(
        steps.isBoundTo(
            holder.link(), steps.cookieFor(holder.link().facts().link(), Optional.empty())));
  }

  @Test
  void ofManyConsentsOneBindsTheLink() {
    StoredLink seen = holder.link();
    Set<Secret> bound =
        IntStream.range(0, 8)
            .mapToObj(i -> new Holder(steps, logins, link))
            .map(
                each ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          each.consents();
                          return each;
                        }))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .filter(each -> steps.isBoundTo(each.link(), each.cookie))
            .map(each -> each.cookie)
            .collect(Collectors.toSet());
    assertEquals(1, bound.size());
    assertEquals(LinkStatus.PENDING, seen.status());
    assertEquals(LinkStatus.OPENED, holder.link().status());
  }

  @Test
  void ofManySubmissionsOfOneFormOneBeginsALogin() {
    StoredLink seen = holder.consents();
    long begun =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return holder.submits(seen, "ada+2fa@example.com").status();
                          } catch (RefusalException refusal) {
                            return null;
                          }
                        }))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .filter(LinkStatus.SUBMITTED::equals)
            .count();
    assertEquals(1, begun);
    assertEquals(
        1,
        pool.preparedQuery("select count(*) from login_session where tenant_id = $1")
            .executeAndAwait(Tuple.of(client.client().tenant()))
            .iterator()
            .next()
            .getLong(0));
    assertEquals("awaiting_2fa", loginStatus());
  }

  @Test
  void aNewerLoginOfTheIdentityEndsTheLinksLoginAndTheLink() {
    holder.consents();
    holder.submits("ada+2fa@example.com");
    loginStatus();
    client.client().loggingIn(identity, "ada@example.com");
    becomes("failed");
    assertEquals("superseded", client.get(link).getString("connect_link.error_code"));
  }

  @Test
  void revokingASubmittedLinkCancelsItsLogin() {
    holder.consents();
    holder.submits("ada+2fa@example.com");
    loginStatus();
    client.revoke(link).then().statusCode(200).body("connect_link.status", equalTo("revoked"));
    String session = client.get(link).getString("connect_link.session_id");
    JsonPath login = client.client().settled(identity, session);
    assertEquals("failed", login.getString("login_result.status"));
    assertEquals("cancelled", login.getString("login_result.error_code"));
    client.revoke(link).then().statusCode(200).body("connect_link.status", equalTo("revoked"));
    assertMovedOn(() -> holder.answers("123456"));
  }

  @Test
  void revokingALinkLeavesAnotherLoginAlone() {
    holder.consents();
    String session = client.client().loggingIn(identity, "ada+2fa@example.com");
    client.client().settled(identity, session);
    client.revoke(link).then().statusCode(200);
    assertEquals(
        "awaiting_2fa",
        client.client().settled(identity, session).getString("login_result.status"));
  }

  @Test
  void aLinkWhoseTimeIsOverExpiresAndCancelsItsLogin() {
    ConnectClient.Made untouched = client.link(identity);
    holder.consents();
    holder.submits("ada+2fa@example.com");
    loginStatus();
    // Longer than the links live, shorter than the challenge would be waited for anyway.
    pool.preparedQuery(
            "update connect_link set expires_at = now(), created_at = now() - interval '1 hour'"
                + " where tenant_id = $1")
        .executeAndAwait(Tuple.of(client.client().tenant()));
    becomes("expired");
    assertEquals("failed", loginStatus());
    await().atMost(PATIENCE).until(() -> client.status(untouched), equalTo("expired"));
    client.revoke(link).then().statusCode(409).body("code", equalTo("link_ended"));
  }

  @Test
  void aConsentAfterTheEndExpiresTheLinkInsteadAndBindsNothing() {
    StoredLink seen = holder.link();
    pool.query(DatabaseTime.passes(Duration.ofMinutes(31), client.client().tenant()))
        .executeAndAwait();
    StoredLink after =
        await(
            steps.open(seen, holder.cookie, Holder.SHOWN, Consents.From.of(null, Holder.ADDRESS)));
    assertEquals(LinkStatus.EXPIRED, after.status());
    assertFalse(steps.isBoundTo(after, holder.cookie));
    client
        .client()
        .request()
        .get(Client.IDENTITIES + "/" + identity + "/linkedin/consent")
        .then()
        .statusCode(404)
        .body("code", equalTo("no_consent"));
  }

  @Test
  void aLinkGoesWithItsIdentity() {
    StoredLink seen = holder.consents();
    holder.submits("ada+2fa@example.com");
    loginStatus();
    client.client().request().delete(Client.IDENTITIES + "/" + identity).then().statusCode(200);
    assertTrue(await(steps.ofToken(Secret.of(link.token()))).isEmpty());
    assertTrue(await(steps.ofBrowser(seen.facts().link(), holder.cookie)).isEmpty());
  }

  @Test
  void neitherTokenNorCookieStandsInAnyColumn() {
    client
        .client()
        .json(Map.of())
        .header("Idempotency-Key", "k")
        .post(ConnectClient.path(identity))
        .then()
        .statusCode(201);
    holder.consents();
    holder.submits("ada+2fa@example.com");
    loginStatus();
    List<String> columns = new ArrayList<>();
    pool.query(
            "select table_name from information_schema.tables where table_schema = 'public'"
                + " and table_type = 'BASE TABLE'")
        .executeAndAwait()
        .forEach(row -> columns.add(row.getString(0)));
    assertTrue(columns.contains("connect_link"), columns::toString);
    for (String table : columns) {
      for (String secret : new String[] {link.token(), holder.cookie.reveal(), "any password"}) {
        assertEquals(
            0,
            pool.preparedQuery(
                    "select count(*) from " + table + " t where t::text like '%' || $1 || '%'")
                .executeAndAwait(Tuple.of(secret))
                .iterator()
                .next()
                .getLong(0),
            table);
      }
    }
    String kept =
        pool.preparedQuery("select body from idempotency_key where tenant_id = $1 and key = 'k'")
            .executeAndAwait(Tuple.of(client.client().tenant()))
            .iterator()
            .next()
            .getString(0);
    assertTrue(kept.startsWith("ey"), "a kept answer is sealed");
  }

  @Test
  void oldLinksAreForgottenAndConsentsAreNot() {
    holder.consents();
    client.revoke(link).then().statusCode(200);
    pool.preparedQuery(
            "update connect_link set finished_at = finished_at - interval '31 days'"
                + " where tenant_id = $1")
        .executeAndAwait(Tuple.of(client.client().tenant()));
    await(endings.prune());
    client
        .client()
        .request()
        .get(ConnectClient.path(identity) + "/" + link.id())
        .then()
        .statusCode(404);
    client
        .client()
        .request()
        .get(Client.IDENTITIES + "/" + identity + "/linkedin/consent")
        .then()
        .statusCode(200)
        .body("consent.link_id", equalTo(link.id()));
    client
        .client()
        .request()
        .get("/v1/audit")
        .then()
        .body("events.action", hasItem("link_revoked"));
  }

  private static void assertMovedOn(Runnable step) {
    assertEquals("link_moved_on", assertThrows(RefusalException.class, step::run).code());
  }
}
