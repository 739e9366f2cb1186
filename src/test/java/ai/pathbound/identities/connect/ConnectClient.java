package ai.pathbound.identities.connect;

import ai.pathbound.identities.Client;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;

/**
 * A client of the calls for connect links.
 *
 * @param client who calls
 */
public record ConnectClient(Client client) {
  /** The path of the settings. */
  public static final String SETTINGS = "/v1/connect/settings";

  /** Where the settings of these tests allow to go back to. */
  public static final String BACK = "https://app.example.com/connected";

  /**
   * A link that was made.
   *
   * @param id its id
   * @param url its URL
   * @param identity its identity
   */
  public record Made(String id, String url, String identity) {
    /** The secret part of its URL. */
    public String token() {
      return url.substring(url.lastIndexOf('/') + 1);
    }
  }

  /** A client of a tenant that nobody else uses, with settings. */
  public static ConnectClient ofNewTenant() {
    ConnectClient made = new ConnectClient(Client.ofNewTenant());
    made.settings();
    return made;
  }

  /** Makes the settings. */
  public void settings() {
    put(Map.of("display_name", "Acme Outreach", "redirect_urls", List.of(BACK)))
        .then()
        .statusCode(200);
  }

  /** Replaces the settings; whatever is answered. */
  public Response put(Object body) {
    return client.json(body).put(SETTINGS);
  }

  /** The path of an identity's links. */
  public static String path(String identity) {
    return Client.IDENTITIES + "/" + identity + "/linkedin/connect-links";
  }

  /** Makes a link; whatever is answered. */
  public Response create(String identity, Object body) {
    return client.json(body).post(path(identity));
  }

  /** A link of an identity. */
  public Made link(String identity) {
    return link(identity, Map.of());
  }

  /** A link of an identity, made with that body. */
  public Made link(String identity, Map<String, Object> body) {
    JsonPath made = create(identity, body).then().statusCode(201).extract().jsonPath();
    return new Made(
        made.getString("connect_link.link_id"), made.getString("connect_link.url"), identity);
  }

  /** How a link stands. */
  public JsonPath get(Made link) {
    return client
        .request()
        .get(path(link.identity()) + "/" + link.id())
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /** The word for how a link stands. */
  public String status(Made link) {
    return get(link).getString("connect_link.status");
  }

  /** Revokes a link; whatever is answered. */
  public Response revoke(Made link) {
    return client.request().delete(path(link.identity()) + "/" + link.id());
  }
}
