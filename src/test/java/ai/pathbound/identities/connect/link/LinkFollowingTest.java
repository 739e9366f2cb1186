package ai.pathbound.identities.connect.link;

import static ai.pathbound.identities.connect.link.Holder.await;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.webhook.WebhookClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a link does when its login, its time or its identity ends, and what is told of it. */
@QuarkusTest
class LinkFollowingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int GUESSES = 10_000;
  private static final int AT_A_TIME = 100;

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

  private String session() {
    return client.get(link).getString("connect_link.session_id");
  }

  private String failure() {
    return client.client().ended(identity, session()).getString("login_result.error_code");
  }

  private void isOver() {
    pool.preparedQuery(
            "update connect_link set expires_at = now(), created_at = now() - interval '1 hour'"
                + " where tenant_id = $1")
        .executeAndAwait(Tuple.of(client.client().tenant()));
  }

  private List<String> actions() {
    return client
        .client()
        .request()
        .get("/v1/audit?identity_id=" + identity)
        .jsonPath()
        .getList("events.action");
  }

  private List<String> told() {
    List<String> told = new ArrayList<>();
    pool.preparedQuery(
            "select type, body from webhook_message where tenant_id = $1"
                + " and type like 'connect_link.%' order by id")
        .executeAndAwait(Tuple.of(client.client().tenant()))
        .forEach(
            row -> {
              JsonPath body = JsonPath.from(row.getString("body"));
              assertEquals(row.getString("type"), body.getString("type"));
              told.add(body.getString("type") + " " + body.getInt("data.sequence"));
            });
    return told;
  }

  private void listens() {
    new WebhookClient(client.client().withScope(Tokens.ALL)).endpoint("https://hooks.invalid/");
  }

  @Test
  void aDisconnectCancelsTheLoginAndFailsTheLink() {
    holder.consents();
    holder.submits("ada+2fa@example.com");
    client.client().settled(identity, session());
    client
        .client()
        .request()
        .delete(Client.IDENTITIES + "/" + identity + "/linkedin")
        .then()
        .statusCode(200);
    becomes("failed");
    assertEquals("cancelled", client.get(link).getString("connect_link.error_code"));
    assertEquals("cancelled", failure());
  }

  /** A login that a worker is busy with, and not one that waits for its holder. */
  private void hasARunningLogin() {
    holder.consents();
    holder.submits("ada+slow@example.com");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                client
                    .client()
                    .request()
                    .get(Client.status(identity, session()))
                    .path("login_result.status"),
            equalTo("running"));
  }

  @Test
  void aLoginThatRunsIsCancelledWithARevokedLink() {
    hasARunningLogin();
    client.revoke(link).then().statusCode(200);
    assertEquals("cancelled", failure());
    assertEquals("revoked", client.status(link));
  }

  @Test
  void aLoginThatRunsIsCancelledWithAnExpiredLink() {
    hasARunningLogin();
    isOver();
    becomes("expired");
    assertEquals("cancelled", failure());
  }

  @Test
  void whoeverIsFasterALinkThatIsRevokedHasNoLoginUnderWay() {
    for (int i = 0; i < 5; i++) {
      link = client.link(identity);
      holder = new Holder(steps, logins, link);
      StoredLink seen = holder.consents();
      CompletableFuture<String> submission =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return holder.submits(seen, "ada+2fa@example.com").status().wireName();
                } catch (RefusalException refusal) {
                  return refusal.code();
                }
              });
      client.revoke(link).then().statusCode(200);
      assertTrue(List.of("submitted", "link_moved_on").contains(submission.join()));
      assertEquals("revoked", client.status(link));
      assertEquals(
          0,
          pool.preparedQuery(
                  "select count(*) from login_session where tenant_id = $1 and finished_at is null")
              .executeAndAwait(Tuple.of(client.client().tenant()))
              .iterator()
              .next()
              .getLong(0));
    }
  }

  @Test
  void aLoginThatIsNotTheLinksLeavesItAsItIs() {
    holder.consents();
    holder.submits("ada+rejected@example.com");
    becomes("opened");
    String other = client.client().loggingIn(identity, "ada+rejected@example.com");
    client.client().ended(identity, other);
    assertEquals("opened", client.status(link));
    holder.submits("ada@example.com");
    becomes("completed");
  }

  @Test
  void manyLinksWhoseLoginsEndTogetherAllEnd() {
    List<ConnectClient.Made> links = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ConnectClient.Made made = client.link(client.client().newIdentity());
      Holder each = new Holder(steps, logins, made);
      each.consents();
      links.add(made);
    }
    links.stream()
        .map(
            made ->
                CompletableFuture.runAsync(
                    () -> new Holder(steps, logins, made).submits("ada@example.com")))
        .toList()
        .forEach(CompletableFuture::join);
    for (ConnectClient.Made made : links) {
      await().atMost(PATIENCE).until(() -> client.status(made), equalTo("completed"));
    }
  }

  @Test
  void anExpiryIsToldOnceHoweverManyReplicasFindIt() {
    listens();
    holder.consents();
    isOver();
    await(
        Uni.join()
            .all(IntStream.range(0, 4).mapToObj(i -> endings.expire()).toList())
            .andFailFast());
    becomes("expired");
    assertEquals(List.of("connect_link.opened 2", "connect_link.expired 3"), told());
    assertEquals(1, actions().stream().filter("link_expired"::equals).count());
  }

  @Test
  void aRevocationAndAFailureAreToldToNoEndpointButStandInTheTrail() {
    listens();
    client.revoke(link).then().statusCode(200);
    assertEquals(List.of(), told());
    assertEquals(List.of("identity_created", "link_created", "link_revoked"), actions());
    ConnectClient.Made second = client.link(identity);
    Holder other = new Holder(steps, logins, second);
    other.consents();
    other.submits("ada+locked@example.com");
    await().atMost(PATIENCE).until(() -> client.status(second), equalTo("failed"));
    assertEquals(List.of("connect_link.opened 2"), told());
    assertTrue(actions().contains("link_failed"));
  }

  @Test
  void aStepThatIsRefusedIsNeitherToldNorInTheTrail() {
    listens();
    StoredLink opened = holder.consents();
    client.revoke(link).then().statusCode(200);
    List<String> before = actions();
    assertEquals(
        "link_moved_on",
        assertThrows(RefusalException.class, () -> holder.submits(opened, "ada@example.com"))
            .code());
    assertEquals(before, actions());
    assertEquals(List.of("connect_link.opened 2"), told());
    assertEquals(
        0L,
        pool.preparedQuery("select count(*) from login_session where tenant_id = $1")
            .executeAndAwait(Tuple.of(client.client().tenant()))
            .iterator()
            .next()
            .getLong(0));
  }

  @Test
  void aConsentAndADeletionOfTheIdentityDoNotWaitForEachOther() throws Exception {
    StoredLink seen = holder.link();
    SqlConnection deleting = pool.getConnectionAndAwait();
    try {
      Transaction transaction = deleting.beginAndAwait();
      // As a deletion does first.
      deleting
          .preparedQuery("select 1 from identity where id = $1 for update")
          .executeAndAwait(Tuple.of(IdentityId.parse(identity).orElseThrow().uuid()));
      CompletableFuture<StoredLink> consent =
          steps
              .open(seen, holder.cookie, Holder.SHOWN, Consents.From.of(null, Holder.ADDRESS))
              .subscribeAsCompletionStage();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  pool.query(
                              "select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                                  + " and query like '%from identity%for key share'")
                          .executeAndAwait()
                          .size()
                      > 0);
      // And then its links, which nobody may have who waits for the identity.
      deleting
          .preparedQuery("select 1 from connect_link where id = $1 for update nowait")
          .executeAndAwait(Tuple.of(LinkId.parse(link.id()).orElseThrow().uuid()));
      deleting
          .preparedQuery("delete from identity where id = $1")
          .executeAndAwait(Tuple.of(IdentityId.parse(identity).orElseThrow().uuid()));
      transaction.commitAndAwait();
      Throwable refused =
          assertThrows(
                  ExecutionException.class,
                  () -> consent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
              .getCause();
      assertEquals("not_found", ((RefusalException) refused).code());
    } finally {
      deleting.closeAndAwait();
    }
  }

  @Test
  void tenThousandGuessedTokensFindNothing() {
    for (int i = 0; i < GUESSES / AT_A_TIME; i++) {
      boolean found =
          await(
                  Uni.join()
                      .all(
                          IntStream.range(0, AT_A_TIME)
                              .mapToObj(each -> steps.ofToken(tokens.make()))
                              .toList())
                      .andFailFast())
              .stream()
              .anyMatch(Optional::isPresent);
      assertFalse(found);
    }
    // Nor does what is stored, or a cookie in the place of a token.
    String stored =
        pool.preparedQuery("select token_mac from connect_link where tenant_id = $1")
            .executeAndAwait(Tuple.of(client.client().tenant()))
            .iterator()
            .next()
            .getString(0);
    holder.consents();
    for (String text : List.of(stored, holder.cookie.reveal())) {
      assertTrue(await(steps.ofToken(Secret.of(text))).isEmpty());
    }
    assertTrue(
        await(steps.ofBrowser(holder.link().facts().link(), Secret.of(link.token()))).isEmpty());
  }
}
