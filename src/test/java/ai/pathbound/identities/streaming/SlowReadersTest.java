package ai.pathbound.identities.streaming;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.ListReader;
import ai.pathbound.identities.ManyIdentities;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that take their time over a long list, where one list is sent at a time. */
@QuarkusTest
@Tag("faults")
@TestProfile(SlowReadersTest.OnePlace.class)
class SlowReadersTest {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int LONG = 60_000;
  // Longer than a silent connection lives, and than one lives that is idle in its transaction.
  private static final Duration SILENCE = Duration.ofMillis(7_500);

  /** Little patience, and so few connections that a quarter of them is one. */
  public static final class OnePlace implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "identities.lists.patience", "20s",
          "identities.database.patience", "6s",
          "quarkus.datasource.reactive.max-size", "4",
          // Workers leave the queue alone.
          "identities.linkedin.paused", "true");
    }
  }

  @Inject DataSource database;

  private final Client client = Client.ofNewTenant();

  @AfterEach
  void forget() throws SQLException {
    ManyIdentities.forget(database, client.tenant());
  }

  private void awaitReaders(String query, int number) {
    Awaitility.await().atMost(SOON).until(() -> ManyIdentities.count(database, query) == number);
  }

  @Test
  void oneThatReadsNothingIsCutOffAndMeanwhileKeepsNobodyButLongListsWaiting() throws Exception {
    Client other = Client.ofNewTenant();
    String id = other.newIdentity();
    ManyIdentities.make(database, client.tenant(), LONG);
    try (ListReader stuck = new ListReader(RestAssured.port, client.tenant())) {
      awaitReaders(ManyIdentities.READERS, 1);

      client
          .request()
          .get(IDENTITIES)
          .then()
          .statusCode(429)
          .header("Retry-After", notNullValue())
          .body("code", equalTo("too_many_lists"));
      other.request().get(IDENTITIES + "/" + id).then().statusCode(200);
      other.request().get(IDENTITIES).then().statusCode(200);
      client.request().queryParam("limit", 1000).get(IDENTITIES).then().statusCode(200);
      assertTrue(ManyIdentities.count(database, ManyIdentities.LISTS) == 1, "it is over already");

      awaitReaders(ManyIdentities.LISTS, 0);
      assertFalse(stuck.readsToItsEnd(), "it looks like a shorter list");
    }
    try (ListReader next = new ListReader(RestAssured.port, client.tenant())) {
      assertTrue(next.readsToItsEnd());
    }
  }

  @Test
  void oneThatPausesForLongerThanAnIdleConnectionLivesGetsAllOfIt() throws Exception {
    ManyIdentities.make(database, client.tenant(), LONG);
    try (ListReader slow = new ListReader(RestAssured.port, client.tenant())) {
      awaitReaders(ManyIdentities.readersFor(SILENCE), 1);
      assertTrue(slow.readsToItsEnd());
      assertTrue(slow.body().endsWith("}]}"));
    }
  }
}
