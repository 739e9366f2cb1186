package ai.pathbound.identities.json;

import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.webhook.WebhookClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every page but the last one links to the next. */
@QuarkusTest
class NextLinkTest {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  private final WebhookClient webhooks = WebhookClient.ofNewTenant();
  private final Client client = webhooks.client();
  private final Client stranger = Client.ofNewTenant();

  private static String next(Response page) {
    String link = page.then().statusCode(200).extract().header("Link");
    if (link == null) {
      return null;
    }
    Matcher found = NEXT.matcher(link);
    assertTrue(found.matches(), link);
    return found.group(1);
  }

  /** Follows the links; each page's own ids. */
  private List<List<String>> follow(String path, String ids) {
    List<List<String>> pages = new ArrayList<>();
    for (String at = path; at != null; ) {
      Response page = client.request().urlEncodingEnabled(false).get(at);
      pages.add(page.path(ids));
      String next = next(page);
      assertEquals(next != null, page.path("pagination.next_after") != null);
      at = next;
    }
    return pages;
  }

  @Test
  void identitiesAreFollowedToTheEnd() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(client.newIdentity());
    }
    List<List<String>> pages = follow(Client.IDENTITIES + "?limit=2", "identities.identity_id");
    assertEquals(List.of(made.subList(0, 2), made.subList(2, 4), made.subList(4, 5)), pages);
    client.request().get(Client.IDENTITIES).then().statusCode(200).header("Link", nullValue());
  }

  @Test
  void theAuditTrailIsFollowedWithinItsFilterAndWithItsDefaultLimit() {
    String id = client.newIdentity();
    client.newIdentity();
    for (String role : List.of("CEO", "COO")) {
      client.json(Map.of("role", role)).put(Client.IDENTITIES + "/" + id).then().statusCode(200);
    }
    List<List<String>> pages = follow("/v1/audit?limit=1&identity_id=" + id, "events.action");
    assertEquals(
        List.of(
            List.of("identity_created"), List.of("identity_updated"), List.of("identity_updated")),
        pages);
  }

  @Test
  void deliveriesAreFollowed() {
    WebhookClient.Made endpoint = webhooks.endpoint("https://hooks.invalid/a");
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sent.add(0, webhooks.test(endpoint.id()));
    }
    List<List<String>> pages =
        follow(
            WebhookClient.ENDPOINTS + "/" + endpoint.id() + "/deliveries?limit=1",
            "deliveries.message_id");
    assertEquals(sent.stream().map(List::of).toList(), pages);
  }

  @Test
  void whatElseWasAskedForStaysInTheLinkAndCannotLeaveIt() {
    client.newIdentity();
    client.newIdentity();
    String next =
        next(
            client
                .request()
                .urlEncodingEnabled(false)
                .get(Client.IDENTITIES + "?limit=1&x=%3E%3B%20rel%3D%22a%22%0D%0AX:%20y&limit=9"));
    assertTrue(
        next.matches(
            "/v1/identities\\?after=id_[0-9a-z]{26}&limit=1&x=%3E%3B\\+rel%3D%22a%22%0D%0AX%3A\\+y"),
        next);
  }

  @Test
  void aLinkThatAnotherTenantFollowsShowsNothingOfTheFirst() {
    client.newIdentity();
    client.newIdentity();
    String next = next(client.request().get(Client.IDENTITIES + "?limit=1"));
    stranger
        .request()
        .urlEncodingEnabled(false)
        .get(next)
        .then()
        .statusCode(200)
        .header("Link", nullValue())
        .body("identities", hasSize(0));
  }
}
