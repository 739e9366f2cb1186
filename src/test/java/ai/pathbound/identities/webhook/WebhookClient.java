package ai.pathbound.identities.webhook;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A client of the webhook calls.
 *
 * @param client the same tenant's client, with all scopes
 */
public record WebhookClient(Client client) {
  /** The path of the endpoints. */
  public static final String ENDPOINTS = "/v1/webhooks/endpoints";

  /** An endpoint and its secret. */
  public record Made(String id, String secret) {}

  /** A client of a tenant that nobody else uses. */
  public static WebhookClient ofNewTenant() {
    return new WebhookClient(Client.ofNewTenant().withScope(Tokens.ALL));
  }

  /** Makes an endpoint; whatever is answered. */
  public Response create(Map<String, Object> body) {
    return client.json(body).post(ENDPOINTS);
  }

  /** Makes an endpoint that is told of these events, or of all. */
  public Made endpoint(String url, String... events) {
    Map<String, Object> body = new HashMap<>(Map.of("url", url));
    if (events.length > 0) {
      body.put("events", List.of(events));
    }
    JsonPath made = create(body).then().statusCode(201).extract().jsonPath();
    return new Made(made.getString("endpoint.endpoint_id"), made.getString("secret"));
  }

  /** Reads an endpoint; whatever is answered. */
  public Response get(String endpoint) {
    return client.request().get(ENDPOINTS + "/" + endpoint);
  }

  /** Changes an endpoint; whatever is answered. */
  public Response update(String endpoint, Map<String, Object> body) {
    return client.json(body).put(ENDPOINTS + "/" + endpoint);
  }

  /** Deletes an endpoint; whatever is answered. */
  public Response delete(String endpoint) {
    return client.request().delete(ENDPOINTS + "/" + endpoint);
  }

  /** Calls one of an endpoint's verbs with a body; whatever is answered. */
  public Response post(String endpoint, String verb, Map<String, Object> body) {
    return client.json(body).post(ENDPOINTS + "/" + endpoint + "/" + verb);
  }

  /** Sends a message for trying; its id. */
  public String test(String endpoint) {
    return client
        .request()
        .post(ENDPOINTS + "/" + endpoint + "/test")
        .then()
        .statusCode(200)
        .extract()
        .path("message_id");
  }

  /** Sends a message again; whatever is answered. */
  public Response resend(String message) {
    return client.request().post("/v1/webhooks/messages/" + message + "/resend");
  }

  /** What was sent to an endpoint. */
  public JsonPath deliveries(String endpoint) {
    return client
        .request()
        .get(ENDPOINTS + "/" + endpoint + "/deliveries")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
