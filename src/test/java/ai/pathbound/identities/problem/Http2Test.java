package ai.pathbound.identities.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Calls by HTTP/2 in clear text, as a proxy in front may make them. */
@QuarkusTest
class Http2Test {
  private final Client client = Client.ofNewTenant();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

  private HttpResponse<String> call(String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
            .header("Authorization", "Bearer " + Tokens.of(client.tenant(), "tester", Tokens.BOTH))
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    assertEquals(HttpClient.Version.HTTP_2, response.version());
    return response;
  }

  private int status(String method, String path) throws IOException, InterruptedException {
    return call(method, path, BodyPublishers.noBody()).statusCode();
  }

  @Test
  void aDeleteWithoutABodyIsAnsweredAsByHttp11() throws IOException, InterruptedException {
    String identity = client.newIdentity();
    String linkedIn = Client.IDENTITIES + "/" + identity + "/linkedin";
    client.connect(identity, "ada@example.com");
    // The first request of a connection asks for HTTP/2 in HTTP/1.1, the second is one.
    assertEquals(200, status("DELETE", linkedIn));
    client.connect(identity, "ada@example.com");
    assertEquals(200, status("DELETE", linkedIn + "?sign_out=true"));
    assertEquals(200, status("DELETE", Client.IDENTITIES + "/" + identity));
    assertEquals(404, status("DELETE", Client.IDENTITIES + "/" + identity));
  }

  @Test
  void everyOtherMethodIsToo() throws IOException, InterruptedException {
    String identity = client.newIdentity();
    String path = Client.IDENTITIES + "/" + identity;
    assertEquals(200, status("GET", path));
    assertEquals(
        200, call("PUT", path, BodyPublishers.ofString("{\"role\":\"CEO\"}")).statusCode());
    assertEquals(400, status("PUT", path));
    assertEquals(400, status("POST", path + "/linkedin/login"));
    assertEquals(405, status("PATCH", path));
    assertEquals(404, status("DELETE", "/v1/nothing"));
  }
}
