package ai.pathbound.identities.login.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.EventStream;
import ai.pathbound.identities.EventStream.Event;
import ai.pathbound.identities.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that is told of changes: by versions, by answers that wait, by a stream. */
@QuarkusTest
class LiveStatusTest {
  private static final String EVENTS = "text/event-stream";
  private static final String WRONG = "000000";
  private static final String RIGHT = "123456";

  private final Client client = Client.ofNewTenant();
  private String identity;

  @BeforeEach
  void anIdentity() {
    identity = client.newIdentity();
  }

  private String waiting(String username) {
    String session = client.loggingIn(identity, username);
    assertEquals(
        "awaiting_2fa", client.settled(identity, session).getString("login_result.status"));
    return session;
  }

  private Response poll(String session, String... headers) {
    var request = client.request();
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.get(Client.status(identity, session));
  }

  private String tag(String session) {
    return poll(session)
        .then()
        .statusCode(200)
        .header("Content-Type", "application/json;charset=UTF-8")
        .header("ETag", matchesPattern("\"[0-9]+\""))
        .extract()
        .header("ETag");
  }

  private static long version(String tag) {
    return Long.parseLong(tag.replace("\"", ""));
  }

  @Test
  void theVersionGrowsWithEveryChangeAndStaysWithoutOne() {
    String session = waiting("ada+2fa@example.com");
    List<Long> versions = new ArrayList<>(List.of(version(tag(session))));
    for (String code : List.of(WRONG, WRONG, RIGHT)) {
      client.code(identity, session, code).then().statusCode(200);
      client.settled(identity, session);
      String tag = tag(session);
      assertEquals(tag, tag(session));
      versions.add(version(tag));
    }
    for (int i = 1; i < versions.size(); i++) {
      // Queued, running, and what came of it.
      assertEquals(versions.get(i - 1) + 3, versions.get(i), versions.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TAG", "W/TAG", "\"0\", TAG", "\"0\",W/TAG , \"x\"", "*"})
  void aKnownVersionIsA304AtOnce(String known) {
    String session = waiting("ada+2fa@example.com");
    String tag = tag(session);
    poll(session, "If-None-Match", known.replace("TAG", tag))
        .then()
        .statusCode(304)
        .header("ETag", equalTo(tag))
        .header("Retry-After", equalTo("2"))
        .header("Cache-Control", equalTo("no-store"))
        .body(equalTo(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0\"", "W/\"0\"", "BARE", "\"BARE", "", ",", "\"x\", \"BAREx\""})
  void anyOtherVersionIsAnsweredInFull(String known) {
    String session = waiting("ada+2fa@example.com");
    String tag = tag(session);
    poll(session, "If-None-Match", known.replace("BARE", tag.replace("\"", "")))
        .then()
        .statusCode(200)
        .header("ETag", equalTo(tag))
        .body("login_result.status", equalTo("awaiting_2fa"));
  }

  @Test
  void anAnswerIsHeldUntilThereIsAnotherVersionInWhateverState() throws Exception {
    String session = waiting("ada+2fa+slow@example.com");
    String tag = tag(session);
    CompletableFuture<Response> held =
        CompletableFuture.supplyAsync(
            () -> poll(session, "If-None-Match", tag, "Prefer", "wait=50"));
    client.code(identity, session, RIGHT).then().statusCode(200);
    Response changed = held.get(60, TimeUnit.SECONDS);
    changed.then().statusCode(200).header("Preference-Applied", equalTo("wait=50"));
    assertTrue(version(changed.header("ETag")) > version(tag), changed.header("ETag"));
    String status = changed.path("login_result.status");
    assertTrue(Set.of("queued", "running").contains(status), status);
    // Another one is there already.
    poll(session, "If-None-Match", tag, "Prefer", "wait=50").then().statusCode(200);
  }

  @Test
  void whatDoesNotChangeInTimeIsA304() {
    String session = waiting("ada+2fa@example.com");
    String tag = tag(session);
    poll(session, "If-None-Match", tag, "Prefer", "wait=1")
        .then()
        .statusCode(304)
        .header("ETag", equalTo(tag))
        .header("Preference-Applied", equalTo("wait=1"));
  }

  @Test
  void nothingFollowsATerminalVersionSoNobodyIsHeld() {
    String session = client.connect(identity, "ada@example.com");
    long before = System.nanoTime();
    poll(session, "If-None-Match", tag(session), "Prefer", "wait=60")
        .then()
        .statusCode(304)
        .header("Retry-After", nullValue());
    assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(50), "it was held");
  }

  @Test
  void aStreamTellsHowALoginStandsThenEachChangeAndEnds() {
    String session = waiting("ada+2fa@example.com");
    try (EventStream stream = client.stream(identity, session)) {
      assertEquals(200, stream.status());
      assertEquals(EVENTS, stream.header("Content-Type").orElseThrow().split(";")[0]);
      assertEquals(Optional.of("no"), stream.header("X-Accel-Buffering"));
      assertEquals(Optional.of("no-store"), stream.header("Cache-Control"));
      Event first = stream.next().orElseThrow();
      assertEquals(Optional.of("2000"), first.retry());
      assertEquals("login", first.name());
      assertEquals("\"" + first.id() + "\"", tag(session));
      assertEquals(poll(session).asString(), first.data());

      client.code(identity, session, WRONG).then().statusCode(200);
      Event wrong = stream.next().orElseThrow();
      while (!wrong.status().equals("awaiting_2fa")) {
        wrong = stream.next().orElseThrow();
      }
      assertEquals(4, wrong.json().at("/login_result/challenge/attempts_remaining").asInt());

      client.code(identity, session, RIGHT).then().statusCode(200);
      List<Event> rest = stream.rest();
      Event last = rest.get(rest.size() - 1);
      assertEquals("completed", last.status());
      assertEquals("\"" + last.id() + "\"", tag(session));
      assertEquals(poll(session).asString(), last.data());
      List<Long> ids = new ArrayList<>(List.of(Long.valueOf(wrong.id())));
      rest.forEach(event -> ids.add(Long.valueOf(event.id())));
      assertEquals(ids.stream().sorted().distinct().toList(), ids);
    }
  }

  @Test
  void aStreamOfAnEndedLoginIsOneEvent() {
    String session = client.connect(identity, "ada@example.com");
    String id = tag(session).replace("\"", "");
    String poll = poll(session).asString();
    poll(session, "Accept", EVENTS)
        .then()
        .statusCode(200)
        .contentType(containsString(EVENTS))
        .body(equalTo("retry: 2000\nid: " + id + "\nevent: login\ndata: " + poll + "\n\n"));
  }

  @Test
  void whoHasSeenTheTerminalVersionIsToldNotToComeBack() {
    String session = client.connect(identity, "ada@example.com");
    long last = version(tag(session));
    poll(session, "Accept", EVENTS, "Last-Event-ID", Long.toString(last))
        .then()
        .statusCode(204)
        .body(equalTo(""));
    for (String other : List.of(Long.toString(last - 1), Long.toString(last + 1), "", "x")) {
      poll(session, "Accept", EVENTS, "Last-Event-ID", other).then().statusCode(200);
    }
  }

  @Test
  void whoComesBackBeforeTheEndIsToldHowItStands() {
    String session = waiting("ada+2fa@example.com");
    String id = tag(session).replace("\"", "");
    try (EventStream stream = client.stream(identity, session, Optional.of(id))) {
      assertEquals(id, stream.next().orElseThrow().id());
    }
  }

  @Test
  void aLoginThatIsCancelledOrDeletedEndsItsStreams() {
    String session = waiting("ada+2fa@example.com");
    try (EventStream stream = client.stream(identity, session)) {
      stream.next();
      client.request().delete(Client.IDENTITIES + "/" + identity + "/linkedin");
      List<Event> rest = stream.rest();
      assertEquals("failed", rest.get(rest.size() - 1).status());
    }
    String next = waiting("ada+2fa@example.com");
    try (EventStream stream = client.stream(identity, next)) {
      stream.next();
      client.request().delete(Client.IDENTITIES + "/" + identity).then().statusCode(200);
      // The login went with its identity, in one transaction.
      assertEquals(List.of(), stream.rest());
    }
    poll(next, "Accept", EVENTS).then().statusCode(404).body("code", equalTo("not_found"));
  }

  @Test
  void whatIsRefusedIsRefusedAsAnyCallBeforeAStreamBegins() {
    String session = waiting("ada+2fa@example.com");
    String path = Client.status(identity, session);
    RestAssured.given()
        .accept(EVENTS)
        .get(path)
        .then()
        .statusCode(401)
        .body("code", equalTo("unauthorized"));
    client
        .withScope("identities:read")
        .request()
        .accept(EVENTS)
        .get(path)
        .then()
        .statusCode(403)
        .body("code", equalTo("insufficient_scope"));
    Client.ofNewTenant()
        .request()
        .accept(EVENTS)
        .get(path)
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"));
    client.request().accept(EVENTS).get(path + "x").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "token", "authorization", "bearer"})
  void noTokenIsTakenFromTheAddress(String parameter) {
    String session = waiting("ada+2fa@example.com");
    RestAssured.given()
        .accept(EVENTS)
        .queryParam(parameter, Tokens.of(client.tenant(), "tester", Tokens.BOTH))
        .get(Client.status(identity, session))
        .then()
        .statusCode(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|application/json",
        "application/*|application/json",
        "application/json, text/event-stream|application/json",
        "text/event-stream;q=0.5, application/json|application/json",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8|application/json",
        "text/event-stream|text/event-stream",
        "TEXT/Event-Stream|text/event-stream",
        "text/event-stream, */*;q=0.1|text/event-stream",
        "text/event-stream, application/json;q=0.9|text/event-stream",
        "application/json;q=0.2, text/event-stream;q=0.3|text/event-stream",
        "text/*|text/event-stream"
      })
  void theClientChoosesWhatItIsAnswered(String accept, String type) {
    String session = client.connect(identity, "ada@example.com");
    poll(session, "Accept", accept).then().statusCode(200).contentType(containsString(type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml", "x", "image/*"})
  void whatIsNeitherIsNotAcceptable(String accept) {
    String session = client.connect(identity, "ada@example.com");
    poll(session, "Accept", accept).then().statusCode(406).body("code", equalTo("not_acceptable"));
  }

  @Test
  void aHeadOpensNoStream() {
    String session = waiting("ada+2fa@example.com");
    // More than there may be of them.
    for (int i = 0; i < 6; i++) {
      client
          .request()
          .accept(EVENTS)
          .head(Client.status(identity, session))
          .then()
          .statusCode(200)
          .contentType(containsString(EVENTS))
          .header("X-Accel-Buffering", equalTo("no"));
    }
    client
        .request()
        .head(Client.status(identity, session))
        .then()
        .statusCode(200)
        .header("ETag", equalTo(tag(session)));
  }

  @Test
  void fiveStreamsOfALoginMayBeOpenAtATime() {
    String session = waiting("ada+2fa@example.com");
    List<EventStream> open = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        EventStream stream = client.stream(identity, session);
        open.add(stream);
        assertEquals(200, stream.status());
        assertTrue(stream.next().isPresent());
      }
      poll(session, "Accept", EVENTS)
          .then()
          .statusCode(429)
          .header("Retry-After", matchesPattern("\\d+"))
          .body("code", equalTo("too_many_streams"));
      // A poll is no stream, and another login has room of its own.
      poll(session).then().statusCode(200);
      String other = client.newIdentity();
      String theirs = client.loggingIn(other, "ada+2fa@example.com");
      try (EventStream stream = client.stream(other, theirs)) {
        assertEquals(200, stream.status());
      }
      open.remove(0).close();
      Awaitility.await()
          .until(
              () -> {
                EventStream again = client.stream(identity, session);
                open.add(again);
                return again.status() == 200;
              });
    } finally {
      open.forEach(EventStream::close);
    }
  }

  @Test
  void otherCallsAreNoStreams() {
    String session = waiting("ada+2fa@example.com");
    client
        .json(Map.of("code", RIGHT))
        .accept(EVENTS)
        .post(Client.IDENTITIES + "/" + identity + "/linkedin/code/" + session)
        .then()
        .statusCode(406);
  }
}
