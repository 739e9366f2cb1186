package ai.pathbound.identities.identity;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags of identities: what has not changed is not sent, and no change is lost. */
@QuarkusTest
class ConditionalCallsTest {
  private static final String ETAG = "ETag";
  private static final String IF_MATCH = "If-Match";
  private static final String IF_NONE_MATCH = "If-None-Match";

  private final Client client = Client.ofNewTenant();
  private final Client stranger = Client.ofNewTenant();

  private static String path(String id) {
    return IDENTITIES + "/" + id;
  }

  private String tag(String id) {
    return client.request().get(path(id)).then().statusCode(200).extract().header(ETAG);
  }

  private static long version(String tag) {
    return Long.parseLong(tag.substring(1, tag.indexOf('.')));
  }

  private Response update(String id, String ifMatch, String firstName) {
    return client.json(Map.of("firstName", firstName)).header(IF_MATCH, ifMatch).put(path(id));
  }

  private void isRefused(Response response) {
    response
        .then()
        .statusCode(412)
        .body("status", equalTo("error"))
        .body("code", equalTo("precondition_failed"))
        .body("details", hasSize(0));
  }

  @Test
  void anEmptyConditionIsOfNoVersion() {
    String id = client.newIdentity();
    isRefused(update(id, "", "Augusta"));
    isRefused(client.request().header(IF_MATCH, "").delete(path(id)));
    assertEquals("Ada", client.request().get(path(id)).path("identity.firstName"));
  }

  @Test
  void everyAnswerWithAnIdentityHasTheTagOfItsBody() {
    Response created =
        client
            .json(Map.of("firstName", "Ada", "lastName", "Lovelace", "role", "CTO"))
            .post(IDENTITIES);
    String id = created.path("identity.identity_id");
    assertEquals(created.header(ETAG), tag(id));
    Response updated = client.json(Map.of("firstName", "Augusta")).put(path(id));
    assertEquals(updated.header(ETAG), tag(id));
    assertTrue(version(updated.header(ETAG)) > version(created.header(ETAG)));
  }

  @Test
  void aRepeatedCreationHasTheTagOfItsOwnBody() {
    String key = UUID.randomUUID().toString();
    Map<String, String> body = Map.of("firstName", "Ada", "lastName", "L", "role", "CTO");
    Response first = client.json(body).header("Idempotency-Key", key).post(IDENTITIES);
    String id = first.path("identity.identity_id");
    update(id, first.header(ETAG), "Augusta").then().statusCode(200);
    Response repeat = client.json(body).header("Idempotency-Key", key).post(IDENTITIES);
    assertEquals(first.header(ETAG), repeat.header(ETAG));
    isRefused(update(id, repeat.header(ETAG), "Ada"));
  }

  @Test
  void whatAClientHasSeenIsNotSentAgain() {
    String id = client.newIdentity();
    String tag = tag(id);
    for (String seen : List.of(tag, "W/" + tag, "\"1.x\", " + tag, "*")) {
      client
          .request()
          .header(IF_NONE_MATCH, seen)
          .get(path(id))
          .then()
          .statusCode(304)
          .header(ETAG, tag)
          .body(emptyString());
    }
    client.request().header(IF_NONE_MATCH, tag).head(path(id)).then().statusCode(304);
    for (String other : List.of("\"" + version(tag) + "\"", "\"" + version(tag) + ".x\"", "x")) {
      client.request().header(IF_NONE_MATCH, other).get(path(id)).then().statusCode(200);
    }
    update(id, tag, "Augusta").then().statusCode(200);
    client
        .request()
        .header(IF_NONE_MATCH, tag)
        .get(path(id))
        .then()
        .statusCode(200)
        .body("identity.firstName", equalTo("Augusta"));
  }

  @Test
  void whoWasOvertakenIsToldAndChangesNothing() {
    String id = client.newIdentity();
    String read = tag(id);
    update(id, read, "Augusta").then().statusCode(200);
    isRefused(update(id, read, "Byron"));
    isRefused(client.request().header(IF_MATCH, read).delete(path(id)));
    assertEquals("Augusta", client.identity(id).getString("identity.firstName"));
    client.request().header(IF_MATCH, tag(id)).delete(path(id)).then().statusCode(200);
    client.request().get(path(id)).then().statusCode(404);
  }

  @Test
  void aLoginOrACheckInBetweenLocksNoEditorOut() {
    String id = client.newIdentity();
    String before = tag(id);
    client.connect(id, "ada+expired@example.com");
    String connected = tag(id);
    client.check(id).then().statusCode(200).body("connected", equalTo(false));
    String checked = tag(id);
    assertNotEquals(before, connected);
    assertNotEquals(connected, checked);
    assertEquals(version(before), version(checked));
    client.request().header(IF_NONE_MATCH, connected).get(path(id)).then().statusCode(200);
    update(id, before, "Augusta")
        .then()
        .statusCode(200)
        .body("identity.firstName", equalTo("Augusta"));
  }

  @Test
  void aListNamesSeveralVersionsAndAStarAnyOfThem() {
    String id = client.newIdentity();
    update(id, "\"1.x\", " + tag(id), "Augusta").then().statusCode(200);
    update(id, "*", "Byron").then().statusCode(200);
    client.request().header(IF_MATCH, "*").delete(path(id)).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/%s", "\"1.x\"", "\"\"", "%s0", "x"})
  void aWeakTagOrNoTagIsNoVersion(String ifMatch) {
    String id = client.newIdentity();
    isRefused(update(id, ifMatch.formatted(tag(id)), "Byron"));
    isRefused(client.request().header(IF_MATCH, ifMatch.formatted(tag(id))).delete(path(id)));
    assertEquals("Ada", client.identity(id).getString("identity.firstName"));
  }

  @Test
  void theConditionComesBehindThe404AndBeforeTheBody() {
    String id = client.newIdentity();
    isRefused(client.json("{").header(IF_MATCH, "\"1.x\"").put(path(id)));
    client.json("{").header(IF_MATCH, tag(id)).put(path(id)).then().statusCode(400);
    update("id_01jv3ve1twetnar2zsd0c36jyb", "\"1.x\"", "Byron").then().statusCode(404);
  }

  @Test
  void anotherTenantsIdentityIsNotThereWhateverTheCondition() {
    String id = client.newIdentity();
    String tag = tag(id);
    for (String condition : List.of(tag, "*", "\"1.x\"")) {
      stranger
          .request()
          .header(IF_NONE_MATCH, condition)
          .get(path(id))
          .then()
          .statusCode(404)
          .body("code", equalTo("not_found"));
      stranger
          .json(Map.of("firstName", "Byron"))
          .header(IF_MATCH, condition)
          .put(path(id))
          .then()
          .statusCode(404)
          .body("code", equalTo("not_found"));
      stranger
          .request()
          .header(IF_MATCH, condition)
          .delete(path(id))
          .then()
          .statusCode(404)
          .body("code", equalTo("not_found"));
    }
    assertEquals(tag, tag(id));
  }

  @Test
  void ofManyEditorsOfOneVersionOneWins() throws Exception {
    String id = client.newIdentity();
    for (int round = 0; round < 5; round++) {
      String read = tag(id);
      List<Response> answers =
          atOnce(
              IntStream.range(0, 12)
                  .<Callable<Response>>mapToObj(i -> () -> update(id, read, "Editor " + i))
                  .toList());
      List<Response> taken = answers.stream().filter(a -> a.statusCode() == 200).toList();
      assertEquals(1, taken.size());
      answers.stream().filter(a -> a.statusCode() != 200).forEach(this::isRefused);
      assertEquals(
          taken.get(0).path("identity.firstName"),
          client.identity(id).getString("identity.firstName"));
    }
  }

  @Test
  void ofADeleteAndAnUpdateOfOneVersionOneWins() throws Exception {
    for (int round = 0; round < 10; round++) {
      String id = client.newIdentity();
      String read = tag(id);
      List<Response> answers =
          atOnce(
              List.of(
                  () -> update(id, read, "Augusta"),
                  () -> client.request().header(IF_MATCH, read).delete(path(id))));
      int updated = answers.get(0).statusCode();
      int deleted = answers.get(1).statusCode();
      assertTrue(
          updated == 200 && deleted == 412 || updated == 404 && deleted == 200,
          () -> "update " + updated + ", delete " + deleted);
    }
  }

  private static List<Response> atOnce(List<Callable<Response>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<Future<Response>> answers = threads.invokeAll(calls, 60, TimeUnit.SECONDS);
      return answers.stream().map(ConditionalCallsTest::get).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private static Response get(Future<Response> answer) {
    try {
      return answer.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
