package ai.pathbound.identities.connect.api;

import static org.hamcrest.Matchers.equalTo;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.OperatorProfile;
import ai.pathbound.identities.connect.ConnectClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service whose operator has not said where the page is. */
@QuarkusTest
@TestProfile(OperatorProfile.class)
class NotConfiguredTest {
  @Test
  void thereAreNoConnectLinks() {
    ConnectClient client = new ConnectClient(Client.ofNewTenant());
    String identity = client.client().newIdentity();
    String link = ConnectClient.path(identity) + "/cl_01jv3ve1twetnar2zsd0c36jyb";
    for (Response response :
        new Response[] {
          client.put(Map.of("display_name", "Acme")),
          client.client().request().get(ConnectClient.SETTINGS),
          client.create(identity, Map.of()),
          client.client().request().get(ConnectClient.path(identity)),
          client.client().request().get(link),
          client.client().request().delete(link)
        }) {
      response.then().statusCode(404).body("code", equalTo("connect_not_configured"));
    }
  }

  @Test
  void thereIsNoPageEither() {
    for (String path : new String[] {"/connect", "/connect/events", "/connect/" + "A".repeat(43)}) {
      RestAssured.get(path).then().statusCode(404).contentType("text/html");
    }
    RestAssured.given().formParam("form", "x").post("/connect/code").then().statusCode(404);
  }
}
