package ai.pathbound.identities.connect.page;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A link whose time is over and that nobody has ended yet. */
@QuarkusTest
class OverdueLinkTest {
  @Inject DataSource database;
  @Inject Pool pool;

  private final PageBrowser browser = PageBrowser.fresh();

  @Test
  void isExpiredForWhoeverLooksAndPosts() throws Exception {
    ConnectClient client = ConnectClient.ofNewTenant();
    String identity = client.client().newIdentity();
    Made opened = client.link(identity, Map.of("locale", "en"));
    Made pending = client.link(identity, Map.of("locale", "en"));
    browser.consent(opened);
    String credentials = PageBrowser.form(browser.page());
    PageBrowser other = new PageBrowser();
    String consent = PageBrowser.form(other.open(pending));
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement lock =
          connection.prepareStatement("select 1 from identity where tenant_id = ? for update")) {
        // Whoever ends a link locks its identity first, and so waits here.
        lock.setString(1, client.client().tenant());
        assertTrue(lock.executeQuery().next());
        pool.preparedQuery(
                "update connect_link set expires_at = now() - interval '1 second',"
                    + " created_at = now() - interval '1 hour' where tenant_id = $1")
            .executeAndAwait(Tuple.of(client.client().tenant()));
        expired(browser.page());
        browser
            .posting(credentials)
            .formParam("username", "ada@example.com")
            .formParam("password", "p")
            .post(browser.below("/credentials"))
            .then()
            .statusCode(303);
        expired(other.open(pending));
        expired(other.posting(consent).post(PageBrowser.path(pending)));
        assertEquals(
            2,
            pool.preparedQuery(
                    "select count(*) from connect_link where tenant_id = $1"
                        + " and status in ('pending', 'opened')")
                .executeAndAwait(Tuple.of(client.client().tenant()))
                .iterator()
                .next()
                .getLong(0));
      } finally {
        connection.rollback();
      }
    }
  }

  private static void expired(Response page) {
    page.then().statusCode(410).body(containsString("This link has expired"));
  }
}
