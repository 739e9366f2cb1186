package ai.pathbound.identities.identity;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The five calls for identities, as a client sees them. */
@QuarkusTest
class IdentityCallsTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  private final Client client = Client.ofNewTenant();

  @Test
  void aNewIdentityIsAnsweredWholeAndFoundAtItsLocation() {
    String location =
        client
            .json(Map.of("firstName", "  Ada ", "lastName", "Lovelace", "role", "CTO"))
            .post(IDENTITIES)
            .then()
            .statusCode(201)
            .contentType(ContentType.JSON)
            .body(startsWith("{\"status\":\"success\""))
            .body("identity.identity_id", matchesPattern("id_[0-7][0-9a-hjkmnp-tv-z]{25}"))
            .body("identity.firstName", equalTo("Ada"))
            .body("identity.lastName", equalTo("Lovelace"))
            .body("identity.role", equalTo("CTO"))
            .body("identity.jobTitle", equalTo("CTO"))
            .body("identity", hasKey("linkedin"))
            .body("identity.linkedin", nullValue())
            .body("identity.created_at", matchesPattern(TIME))
            .body("identity.updated_at", matchesPattern(TIME))
            .extract()
            .header("Location");
    client
        .request()
        .get(location)
        .then()
        .statusCode(200)
        .body("identity.firstName", equalTo("Ada"));
  }

  @Test
  void roleAndJobTitleAreOneAttributeUnderTwoNames() {
    String id =
        client
            .json(Map.of("firstName", "Ada", "lastName", "L", "jobTitle", "Countess"))
            .post(IDENTITIES)
            .then()
            .statusCode(201)
            .body("identity.role", equalTo("Countess"))
            .extract()
            .path("identity.identity_id");
    client
        .json(Map.of("role", "CTO"))
        .put(IDENTITIES + "/" + id)
        .then()
        .statusCode(200)
        .body("identity.jobTitle", equalTo("CTO"));
    client
        .json(Map.of("role", "CTO", "jobTitle", " CTO "))
        .put(IDENTITIES + "/" + id)
        .then()
        .statusCode(200);
    client
        .json(Map.of("role", "CTO", "jobTitle", "CEO"))
        .put(IDENTITIES + "/" + id)
        .then()
        .statusCode(200)
        .body("identity.role", equalTo("CEO"))
        .body("identity.jobTitle", equalTo("CEO"));
    client
        .json(Map.of("role", "CTO", "jobTitle", "COO"))
        .put(IDENTITIES + "/" + id)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("details", hasItem(hasEntry("field", "jobTitle")));
  }

  @Test
  void anIdentityThatIsReadChangedInOneNameAndSentBackWholeIsUpdated() {
    for (String name : List.of("role", "jobTitle")) {
      String id = client.newIdentity();
      Map<String, Object> whole = new HashMap<>(client.identity(id).getMap("identity"));
      whole.remove("linkedin");
      whole.put(name, "CEO");
      client
          .json(whole)
          .put(IDENTITIES + "/" + id)
          .then()
          .statusCode(200)
          .body("identity.role", equalTo("CEO"))
          .body("identity.jobTitle", equalTo("CEO"));
    }
  }

  @Test
  void whatIsMissingIsNamedAllAtOnce() {
    client
        .json(Map.of())
        .post(IDENTITIES)
        .then()
        .statusCode(400)
        .body("status", equalTo("error"))
        .body("code", equalTo("invalid_request"))
        .body("details.field", containsInAnyOrder("firstName", "lastName", "role"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"firstName\":null,\"lastName\":\"L\",\"role\":\"R\"}|firstName",
        "{\"firstName\":5,\"lastName\":\"L\",\"role\":\"R\"}|firstName",
        "{\"firstName\":true,\"lastName\":\"L\",\"role\":\"R\"}|firstName",
        "{\"firstName\":\"   \",\"lastName\":\"L\",\"role\":\"R\"}|firstName",
        "{\"firstName\":\"A\",\"lastName\":\"\",\"role\":\"R\"}|lastName",
        "{\"firstName\":\"A\",\"lastName\":\"a\\u0000b\",\"role\":\"R\"}|lastName",
        "{\"firstName\":\"A\",\"lastName\":\"a\\u0085b\",\"role\":\"R\"}|lastName",
        "{\"firstName\":\"A\",\"lastName\":\"\\ud800\",\"role\":\"R\"}|lastName",
        "{\"firstName\":\"\\u200b\",\"lastName\":\"L\",\"role\":\"R\"}|firstName",
        "{\"firstName\":\"A\",\"lastName\":\"\\u3164\",\"role\":\"R\"}|lastName",
        "{\"firstName\":\"A\",\"lastName\":\"L\",\"role\":\"\\ufe0f\"}|role",
        "{\"firstName\":\"A\",\"lastName\":\"L\",\"role\":[]}|role",
        "{\"firstName\":\"A\",\"lastName\":\"L\",\"role\":\"R\",\"jobTitle\":{}}|jobTitle"
      })
  void aWrongValueIsA400ThatNamesItsField(String body, String field) {
    client
        .json(body)
        .post(IDENTITIES)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("details.field", contains(field));
  }

  @Test
  void lengthsAreCountedInCodePoints() {
    String hundred = "\uD83D\uDE00".repeat(100);
    client
        .json(Map.of("firstName", hundred, "lastName", "L", "role", "R".repeat(200)))
        .post(IDENTITIES)
        .then()
        .statusCode(201)
        .body("identity.firstName", equalTo(hundred));
    client
        .json(Map.of("firstName", hundred + "x", "lastName", "L", "role", "R".repeat(201)))
        .post(IDENTITIES)
        .then()
        .statusCode(400)
        .body("details.field", containsInAnyOrder("firstName", "role"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\"x\"", "{\"firstName\":\"A\"} x", "null", "{'a':1}"})
  void aBodyThatIsNoJsonObjectIsA400(String body) {
    client
        .json(body)
        .post(IDENTITIES)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"));
  }

  @Test
  void unknownFieldsAreIgnored() {
    client
        .json(Map.of("firstName", "A", "lastName", "L", "role", "R", "identity_id", "id_x"))
        .post(IDENTITIES)
        .then()
        .statusCode(201)
        .body("identity.identity_id", not(equalTo("id_x")));
  }

  @Test
  void anUpdateChangesWhatItNamesAndNothingElse() {
    String id = client.newIdentity();
    client
        .json(Map.of("firstName", "Augusta"))
        .put(IDENTITIES + "/" + id)
        .then()
        .statusCode(200)
        .body(startsWith("{\"status\":\"success\""))
        .body("identity.firstName", equalTo("Augusta"))
        .body("identity.lastName", equalTo("Lovelace"))
        .body("identity.role", equalTo("CTO"));
    assertEquals("Augusta", client.identity(id).getString("identity.firstName"));
  }

  @Test
  void anUpdateThatNamesNoKnownFieldIsA400() {
    String id = client.newIdentity();
    for (Object body : List.of(Map.of(), Map.of("nickname", "A"))) {
      client.json(body).put(IDENTITIES + "/" + id).then().statusCode(400);
    }
    client.request().put(IDENTITIES + "/" + id).then().statusCode(400);
  }

  @Test
  void theNotFoundComesBeforeTheBodysValidation() {
    for (String id : List.of("id_01jv3ve1twetnar2zsd0c36jyb", "nonsense")) {
      client
          .json("{")
          .put(IDENTITIES + "/" + id)
          .then()
          .statusCode(404)
          .body("code", equalTo("not_found"));
    }
  }

  @Test
  void aDeletedIdentityIsGone() {
    String id = client.newIdentity();
    client
        .request()
        .delete(IDENTITIES + "/" + id)
        .then()
        .statusCode(200)
        .body("status", equalTo("success"))
        .body("identity_id", equalTo(id))
        .body("message", not(equalTo("")));
    client.request().get(IDENTITIES + "/" + id).then().statusCode(404);
    client.request().delete(IDENTITIES + "/" + id).then().statusCode(404);
    client.request().get(IDENTITIES).then().statusCode(200).body("identities", hasSize(0));
  }

  @Test
  void manyAreDeletedAtOnceAndEachOfThemIsAnswered() throws Exception {
    List<String> ids = Stream.generate(client::newIdentity).limit(60).toList();
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      List<Callable<Integer>> calls =
          ids.stream()
              .map(
                  id ->
                      (Callable<Integer>)
                          () -> client.request().delete(IDENTITIES + "/" + id).statusCode())
              .toList();
      for (Future<Integer> call : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        assertEquals(200, call.get());
      }
    } finally {
      threads.shutdownNow();
    }
    client.request().get(IDENTITIES).then().statusCode(200).body("identities", hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id_01jv3ve1twetnar2zsd0c36jyb",
        "id_01jv3ve1twetnar2zsd0c36jy",
        "id_01JV3VE1TWETNAR2ZSD0C36JYB",
        "id_81jv3ve1twetnar2zsd0c36jyb",
        "id_01jv3ve1twetnar2zsd0c36jyu",
        "li_01jv3ve1twetnar2zsd0c36jyb",
        "01jv3ve1twetnar2zsd0c36jyb",
        "1",
        "%20",
        "id_01jv3ve1twetnar2zsd0c36jyb%00"
      })
  void whatDoesNotExistIsA404ThatDoesNotRepeatTheId(String id) {
    client
        .request()
        .urlEncodingEnabled(false)
        .get(IDENTITIES + "/" + id)
        .then()
        .statusCode(404)
        .body("status", equalTo("error"))
        .body("code", equalTo("not_found"))
        .body("details", hasSize(0))
        .body(not(containsString("01jv3ve1")));
  }

  @Test
  void theListHoldsAllOfTheTenantOldestFirst() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(client.newIdentity());
    }
    client
        .request()
        .get(IDENTITIES)
        .then()
        .statusCode(200)
        .body(startsWith("{\"status\":\"success\""))
        .body("identities.identity_id", equalTo(made))
        .body("$", not(hasKey("pagination")));
  }

  @Test
  void pagesFollowEachOtherToTheEnd() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(client.newIdentity());
    }
    List<String> found = new ArrayList<>();
    String after = null;
    do {
      var request = client.request().queryParam("limit", 2);
      if (after != null) {
        request.queryParam("after", after);
      }
      var page = request.get(IDENTITIES).then().statusCode(200).extract().jsonPath();
      assertEquals(2, page.getInt("pagination.limit"));
      found.addAll(page.getList("identities.identity_id"));
      after = page.getString("pagination.next_after");
    } while (after != null);
    assertEquals(made, found);
  }

  @Test
  void aPageGoesOnBehindAnIdentityThatIsGone() {
    String first = client.newIdentity();
    String second = client.newIdentity();
    client.request().delete(IDENTITIES + "/" + first).then().statusCode(200);
    client
        .request()
        .queryParam("limit", 10)
        .queryParam("after", first)
        .get(IDENTITIES)
        .then()
        .statusCode(200)
        .body("identities.identity_id", contains(second))
        .body("pagination", hasKey("next_after"))
        .body("pagination.next_after", nullValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=0", "limit=1001", "limit=x", "limit=-1", "limit=2&after=x", "after=li_1"})
  void aMalformedPageIsA400(String query) {
    client
        .request()
        .get(IDENTITIES + "?" + query)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"));
  }

  @Test
  void readingAndWritingAreTwoScopesAndNeitherIncludesTheOther() {
    String id = client.newIdentity();
    Client reader = client.withScope("identities:read");
    Client writer = client.withScope("identities:write");
    reader.request().get(IDENTITIES + "/" + id).then().statusCode(200);
    reader.request().get(IDENTITIES).then().statusCode(200);
    writer.request().get(IDENTITIES + "/" + id).then().statusCode(403);
    writer
        .request()
        .get(IDENTITIES)
        .then()
        .statusCode(403)
        .header("WWW-Authenticate", containsString("scope=\"identities:read\""));
    reader
        .json(Map.of("role", "R"))
        .put(IDENTITIES + "/" + id)
        .then()
        .statusCode(403)
        .header("WWW-Authenticate", containsString("error=\"insufficient_scope\""))
        .header("WWW-Authenticate", endsWith("scope=\"identities:write\""))
        .body("code", equalTo("insufficient_scope"));
    reader.request().delete(IDENTITIES + "/" + id).then().statusCode(403);
    writer.json(Map.of("role", "R")).put(IDENTITIES + "/" + id).then().statusCode(200);
  }
}
