package ai.pathbound.identities.identity;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.ListReader;
import ai.pathbound.identities.ManyIdentities;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.id.IdentityId;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Header;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import jakarta.inject.Inject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are too long for one page: they are sent as they are read. */
@QuarkusTest
class LongListTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  // More than all the buffers between the service and a client that reads nothing.
  private static final int LONG = 60_000;

  private static final HttpClientOptions STREAMS =
      new HttpClientOptions()
          .setProtocolVersion(HttpVersion.HTTP_2)
          .setHttp2ClearTextUpgrade(false);

  @Inject DataSource database;
  @Inject Vertx vertx;

  private final Client client = Client.ofNewTenant();

  @AfterEach
  void forget() throws SQLException {
    ManyIdentities.forget(database, client.tenant());
  }

  private ListReader reader() throws Exception {
    return new ListReader(RestAssured.port, client.tenant());
  }

  private void awaitNoList() {
    Awaitility.await()
        .atMost(SOON)
        .until(() -> ManyIdentities.count(database, ManyIdentities.LISTS) == 0);
  }

  private void awaitReaders(int number) {
    Awaitility.await()
        .atMost(SOON)
        .until(() -> ManyIdentities.count(database, ManyIdentities.READERS) == number);
  }

  /** Ends what the one list reads from, as soon as it is between two statements. */
  private void endReader() {
    Awaitility.await()
        .atMost(SOON)
        .until(() -> ManyIdentities.count(database, ManyIdentities.END_READERS) == 1);
  }

  private List<Map<String, Object>> pageByPage() {
    List<Map<String, Object>> all = new ArrayList<>();
    String after = null;
    do {
      var request = client.request().queryParam("limit", 1000);
      JsonPath page =
          (after == null ? request : request.queryParam("after", after)).get(IDENTITIES).jsonPath();
      all.addAll(page.getList("identities"));
      after = page.getString("pagination.next_after");
    } while (after != null);
    return all;
  }

  // Around a page of the contract, and around the parts in which they are read.
  @ParameterizedTest
  @ValueSource(ints = {999, 1000, 1001, 1499, 1500, 1501, 2345})
  void isTheSameInWholeAsPageByPage(int number) throws SQLException {
    ManyIdentities.make(database, client.tenant(), number);
    Response list = client.request().get(IDENTITIES);
    list.then()
        .statusCode(200)
        .header("Content-Type", "application/json;charset=UTF-8")
        .header("Cache-Control", "no-store");
    assertEquals(number, list.jsonPath().getList("identities").size());
    assertEquals(pageByPage(), list.jsonPath().getList("identities"));
  }

  // What a planner may think of a large tenant's statistics: that it had better read all profiles.
  @Test
  void isReadWithItsOwnProfilesAloneWhateverTheStatisticsSay() throws SQLException {
    ManyIdentities.make(database, client.tenant(), 2000);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set enable_nestloop = off");
      statement.execute("prepare page(text, bigint, uuid) as " + IdentityReads.NEXT_PAGE);
      List<String> plan = new ArrayList<>();
      try (ResultSet lines =
          statement.executeQuery(
              "explain (analyze, costs off, timing off) execute page('"
                  + client.tenant()
                  + "', 500, '"
                  + ManyIdentities.id(1000)
                  + "')")) {
        while (lines.next()) {
          plan.add(lines.getString(1));
        }
      }
      List<String> looks =
          plan.stream().filter(line -> line.contains(" on linkedin_profile")).toList();
      assertFalse(looks.isEmpty(), plan.toString());
      assertTrue(looks.stream().allMatch(look -> look.endsWith(" loops=500)")), plan.toString());
    }
  }

  @Test
  void isWrittenLikeAShortOne() throws SQLException {
    ManyIdentities.make(database, client.tenant(), 1001);
    Response longer = client.request().get(IDENTITIES);
    String last = longer.path("identities[1000].identity_id");
    client.request().delete(IDENTITIES + "/" + last).then().statusCode(200);
    Response shorter = client.request().get(IDENTITIES);

    String rest = longer.asString().substring(shorter.asString().length() - "]}".length());
    assertTrue(rest.startsWith(",{\"identity_id\":\"" + last + "\""), rest);
    assertEquals(
        shorter.asString(),
        longer.asString().substring(0, longer.asString().length() - rest.length()) + "]}");
    assertEquals(headers(shorter), headers(longer));
  }

  private static List<Header> headers(Response response) {
    return response.headers().asList().stream()
        .sorted(Comparator.comparing(Header::getName).thenComparing(Header::getValue))
        .toList();
  }

  @Test
  void isNotReadForAHead() throws SQLException {
    ManyIdentities.make(database, client.tenant(), 1001);
    client
        .request()
        .head(IDENTITIES)
        .then()
        .statusCode(200)
        .header("Content-Type", "application/json;charset=UTF-8")
        .header("Content-Length", nullValue())
        .header("Transfer-Encoding", nullValue());
  }

  @Test
  void isOfTheMomentInWhichItBegan() throws Exception {
    ManyIdentities.make(database, client.tenant(), LONG);
    try (ListReader reader = reader()) {
      assertTrue(reader.readChunk());
      awaitReaders(1);
      String added = client.newIdentity();
      String doomed = new IdentityId(ManyIdentities.id(LONG - 10)).toString();
      client.request().delete(IDENTITIES + "/" + doomed).then().statusCode(200);

      assertTrue(reader.readsToItsEnd());
      // Groovy's parser takes seconds for so much.
      List<String> ids = new ObjectMapper().readTree(reader.body()).findValuesAsText("identity_id");
      assertEquals(LONG, ids.size());
      assertEquals(ids.stream().sorted().toList(), ids);
      assertTrue(ids.contains(doomed));
      assertFalse(ids.contains(added));
    }
  }

  @Test
  void isBrokenOffWhereItsReadingFails() throws Exception {
    ManyIdentities.make(database, client.tenant(), LONG);
    try (ListReader reader = reader()) {
      assertTrue(reader.readChunk());
      endReader();
      assertFalse(reader.readsToItsEnd(), "it looks like a shorter list");
    }
    client.request().queryParam("limit", 1).get(IDENTITIES).then().statusCode(200);
  }

  @Test
  void isReadNoFurtherThanItsReaderReads() throws Exception {
    ManyIdentities.make(database, client.tenant(), LONG);
    try (ListReader reader = reader()) {
      assertTrue(reader.head().startsWith("HTTP/1.1 200 "), reader.head());
      awaitReaders(1);
      reader.hangUp();
      // The client hung up: the connection is free, though most was never read.
      awaitNoList();
    }
  }

  @Test
  void isBrokenOffByAResetOfItsStreamWhereThereAreStreams() throws Exception {
    ManyIdentities.make(database, client.tenant(), LONG);
    HttpClient http = vertx.createHttpClient(STREAMS);
    try {
      HttpClientResponse answer = paused(http);
      CompletableFuture<Throwable> broken = new CompletableFuture<>();
      answer.exceptionHandler(broken::complete);
      answer.endHandler(end -> broken.completeExceptionally(new AssertionError("it ends well")));
      endReader();
      answer.resume();
      assertInstanceOf(StreamResetException.class, broken.get(20, TimeUnit.SECONDS));
    } finally {
      http.close();
    }
  }

  @Test
  void isNotReadAnyFurtherWhenItsStreamIsReset() throws Exception {
    ManyIdentities.make(database, client.tenant(), LONG);
    HttpClient http = vertx.createHttpClient(STREAMS);
    try {
      HttpClientResponse answer = paused(http);
      awaitReaders(1);
      answer.request().reset();
      awaitNoList();
    } finally {
      http.close();
    }
  }

  /** The list by HTTP/2, of which nothing is read. */
  private HttpClientResponse paused(HttpClient http) throws Exception {
    return http.request(HttpMethod.GET, RestAssured.port, "localhost", IDENTITIES)
        .compose(
            request ->
                request
                    .putHeader(
                        "Authorization",
                        "Bearer " + Tokens.of(client.tenant(), "reader", client.scope()))
                    .send())
        .map(HttpClientResponse::pause)
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void endsWithTheConnectionForAClientThatKnowsNoChunks() throws Exception {
    ManyIdentities.make(database, client.tenant(), 1001);
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      String request =
          String.join(
              "\r\n",
              "GET " + IDENTITIES + " HTTP/1.0",
              "Connection: keep-alive",
              "Authorization: Bearer " + Tokens.of(client.tenant(), "reader", client.scope()),
              "",
              "");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String body = answer.substring(answer.indexOf("\r\n\r\n"));
      assertEquals(1001, JsonPath.from(body).getList("identities").size());
    }
  }
}
