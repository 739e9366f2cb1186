package ai.pathbound.identities.identity;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.ListReader;
import ai.pathbound.identities.ManyIdentities;
import ai.pathbound.identities.id.IdentityId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Header;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are too long for one page: they are sent as they are read. */
@QuarkusTest
class LongListTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  // More than all the buffers between the service and a client that reads nothing.
  private static final int LONG = 60_000;

  @Inject DataSource database;

  private final Client client = Client.ofNewTenant();

  private ListReader reader() throws Exception {
    return new ListReader(RestAssured.port, client.tenant());
  }

  private void awaitReaders(int number) {
    Awaitility.await()
        .atMost(SOON)
        .until(() -> ManyIdentities.count(database, ManyIdentities.READERS) == number);
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
      List<String> ids = JsonPath.from(reader.body()).getList("identities.identity_id");
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
      awaitReaders(1);
      assertEquals(1, ManyIdentities.count(database, ManyIdentities.END_READERS));
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
      awaitReaders(0);
    }
  }
}
