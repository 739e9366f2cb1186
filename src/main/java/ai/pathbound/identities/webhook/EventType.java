package ai.pathbound.identities.webhook;

import java.util.Arrays;
import java.util.Optional;

/** What an endpoint can be told of. */
public enum EventType {
  /** A login asks for something that a person must give. */
  LOGIN_AWAITING("linkedin.login.awaiting"),
  /** A login was completed. */
  LOGIN_COMPLETED("linkedin.login.completed"),
  /** A login failed. */
  LOGIN_FAILED("linkedin.login.failed"),
  /** LinkedIn no longer honours a stored session, which was erased. */
  SESSION_EXPIRED("linkedin.session.expired"),
  /** A caller of the API gave a stored session up. */
  SESSION_DISCONNECTED("linkedin.session.disconnected"),
  /** A person consented on a connect link's page. */
  CONNECT_LINK_OPENED("connect_link.opened"),
  /** A connect link led to a completed login. */
  CONNECT_LINK_COMPLETED("connect_link.completed"),
  /** A connect link's time is over. */
  CONNECT_LINK_EXPIRED("connect_link.expired"),
  /** A tenant tries an endpoint. */
  TEST("webhook.test"),
  /** Another endpoint of the tenant was switched off by the service. */
  ENDPOINT_DISABLED("webhook.endpoint.disabled");

  private final String word;

  EventType(String word) {
    this.word = word;
  }

  /** How it is called in the database, in the API and in messages. */
  public String wireName() {
    return word;
  }

  /** The type of that name; empty for any other text. */
  public static Optional<EventType> ofWireName(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }
}
