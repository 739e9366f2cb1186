package ai.pathbound.identities.login.api;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.EventStream;
import ai.pathbound.identities.SocketStream;
import ai.pathbound.identities.TestClock;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.login.WaitingLogins;
import ai.pathbound.identities.login.store.LoginSignals;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends streams, what they hear without notifications, and what they leave behind. */
@QuarkusTest
class LiveStreamsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OF_A_SESSION = 5;
  private static final int OF_A_TENANT = 200;

  private final Client client = Client.ofNewTenant();
  private final String token = Tokens.of(client.tenant(), "tester", Tokens.BOTH);

  @Inject LiveStreams streams;
  @Inject LoginSignals signals;
  @Inject Pool pool;
  @Inject MeterRegistry metrics;

  @BeforeEach
  void nobodyElsesStreams() {
    awaitStreams(0);
  }

  private void awaitStreams(int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> streams.count(), equalTo(count));
  }

  private List<String> waitingLogins(String tenant, int count) {
    List<String> paths = new ArrayList<>();
    for (Row row : pool.query(WaitingLogins.insert(tenant, count)).executeAndAwait()) {
      paths.add(WaitingLogins.path(row.getUUID(0), row.getUUID(1)));
    }
    return paths;
  }

  private EventStream open(String path, String bearer) {
    String url = RestAssured.baseURI + ":" + RestAssured.port + path;
    EventStream stream = EventStream.open(url, bearer, Optional.empty());
    assertEquals(200, stream.status());
    assertTrue(stream.next().isPresent());
    return stream;
  }

  private String waitingLogin() {
    return waitingLogins(client.tenant(), 1).get(0);
  }

  @Test
  void aQuietStreamHasACommentEveryFifteenSeconds() {
    try (EventStream stream = open(waitingLogin(), token)) {
      for (int i = 0; i < 3; i++) {
        TestClock.advance(Duration.ofSeconds(15));
        stream.awaitComment();
      }
    }
  }

  @Test
  void aStreamEndsAfterAQuarterOfAnHour() {
    try (EventStream stream = open(waitingLogin(), token)) {
      TestClock.advance(Duration.ofMinutes(14));
      stream.awaitComment();
      TestClock.advance(Duration.ofMinutes(1));
      assertEquals(List.of(), stream.rest());
    }
    awaitStreams(0);
  }

  @Test
  void byHttp10TheEndOfAStreamIsTheEndOfItsConnection() {
    try (SocketStream stream = SocketStream.askByHttp10(RestAssured.port, waitingLogin(), token)) {
      stream.await("event: login");
      TestClock.advance(Duration.ofMinutes(15));
      stream.awaitEnd();
    }
    awaitStreams(0);
  }

  @Test
  void aStreamEndsWhenItsTokenExpires() {
    Instant expires = Instant.now().plus(Duration.ofMinutes(5));
    Map<String, Object> claims =
        Map.of(
            "iss",
            Tokens.ISSUER,
            "aud",
            Tokens.AUDIENCE,
            "exp",
            expires.getEpochSecond(),
            "iat",
            Instant.now().getEpochSecond(),
            "tenant_id",
            client.tenant(),
            "sub",
            "tester",
            "scope",
            Tokens.BOTH);
    String brief = Tokens.sign(Map.of("alg", "RS256", "typ", "at+jwt"), claims);
    try (EventStream stream = open(waitingLogin(), brief)) {
      TestClock.advance(Duration.ofMinutes(4));
      stream.awaitComment();
      TestClock.advance(Duration.ofMinutes(1));
      assertEquals(List.of(), stream.rest());
    }
  }

  /** As behind PgBouncer in transaction mode, where LISTEN does not work. */
  @Test
  void whatNobodyIsNotifiedOfIsFoundByComparing() {
    try (EventStream stream = open(waitingLogin(), token)) {
      pool.query(
              """
              begin;
              set local session_replication_role = replica;
              update login_session set version = version + 1, challenge = 'sms_code'
              where tenant_id = '%1$s';
              commit
              """
                  .formatted(client.tenant()))
          .executeAndAwait();
      EventStream.Event found = stream.next().orElseThrow();
      assertEquals("2", found.id());
      assertEquals("sms_code", found.json().at("/login_result/challenge/kind").asText());

      pool.query(
              """
              begin;
              set local session_replication_role = replica;
              delete from login_session where tenant_id = '%1$s';
              commit
              """
                  .formatted(client.tenant()))
          .executeAndAwait();
      assertEquals(List.of(), stream.rest());
    }
  }

  @Test
  void aLookThatFindsNothingNewIsNoNewVersion() {
    String identity = client.newIdentity();
    String session = client.loggingIn(identity, "ada+never@example.com");
    client.settled(identity, session);
    String path = Client.status(identity, session);
    String before = client.request().get(path).header("ETag");
    long epoch = epoch();
    Awaitility.await().atMost(PATIENCE).until(() -> epoch() > epoch + 4);
    client.request().get(path).then().header("ETag", equalTo(before));
  }

  private long epoch() {
    return pool.query("select epoch from login_session where tenant_id = '" + client.tenant() + "'")
        .executeAndAwait()
        .iterator()
        .next()
        .getLong(0);
  }

  @Test
  void twoHundredStreamsOfATenantMayBeOpenAtATime() {
    List<String> paths = waitingLogins(client.tenant(), OF_A_TENANT / OF_A_SESSION + 1);
    String one = paths.remove(0);
    List<SocketStream> open = new ArrayList<>();
    try {
      for (String path : paths) {
        for (int i = 0; i < OF_A_SESSION; i++) {
          open.add(SocketStream.open(RestAssured.port, path, token));
        }
      }
      assertEquals(OF_A_TENANT, streams.count());
      assertEquals(OF_A_TENANT, metrics.get("identities.login.streams").gauge().value());
      client
          .request()
          .accept("text/event-stream")
          .get(one)
          .then()
          .statusCode(429)
          .body("code", equalTo("too_many_streams"));
      Client other = Client.ofNewTenant();
      String theirs = waitingLogins(other.tenant(), 1).get(0);
      open(theirs, Tokens.of(other.tenant(), "tester", Tokens.BOTH)).close();
    } finally {
      open.forEach(SocketStream::close);
    }
    awaitStreams(0);
    open(one, token).close();
  }

  @Test
  void aThousandConnectionsThatBreakLeaveNothingBehind() {
    awaitStreams(0);
    Awaitility.await().atMost(PATIENCE).until(signals::listeners, equalTo(0));
    for (int round = 0; round < 1000 / OF_A_TENANT; round++) {
      Client tenant = Client.ofNewTenant();
      String bearer = Tokens.of(tenant.tenant(), "tester", Tokens.BOTH);
      List<SocketStream> open = new ArrayList<>();
      for (String path : waitingLogins(tenant.tenant(), OF_A_TENANT / OF_A_SESSION)) {
        for (int i = 0; i < OF_A_SESSION; i++) {
          // Some break before they are answered, one way or the other.
          open.add(
              i < 2
                  ? SocketStream.ask(RestAssured.port, path, bearer)
                  : SocketStream.open(RestAssured.port, path, bearer));
        }
      }
      for (int i = 0; i < open.size(); i++) {
        if (i % 2 == 0) {
          open.get(i).reset();
        } else {
          open.get(i).close();
        }
      }
    }
    // Streams whose head was never read are found out by what is written to them.
    awaitStreams(0);
    Awaitility.await().atMost(PATIENCE).until(signals::listeners, equalTo(0));
    assertEquals(0, metrics.get("identities.login.streams").gauge().value());
  }
}
