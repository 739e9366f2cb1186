package ai.pathbound.identities.webhook;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened, with what may be told of it: ids and words. There is no way to put a
 * name or a secret into it.
 */
public final class Event {
  private final EventType type;
  private final Map<String, Object> data;

  private Event(EventType type, Map<String, Object> data) {
    this.type = type;
    this.data = data;
  }

  /** An event of which nothing else is told yet. */
  public static Event of(EventType type) {
    return new Event(type, Map.of());
  }

  /** Of that identity. */
  public Event identity(IdentityId identity) {
    return with("identity_id", identity.toString());
  }

  /** Of that login. */
  public Event session(SessionId session) {
    return with("session_id", session.toString());
  }

  /** Of that LinkedIn profile. */
  public Event profile(ProfileId profile) {
    return with("profile_id", profile.toString());
  }

  /** Of that connect link, by its id as the API writes it. */
  public Event link(String link) {
    return with("link_id", link);
  }

  /** Of that endpoint. */
  public Event endpoint(EndpointId endpoint) {
    return with("endpoint_id", endpoint.toString());
  }

  /** How what it is about stands, in the API's word. */
  public Event status(String status) {
    return with("status", status);
  }

  /** What LinkedIn asks for, in the API's word. */
  public Event challenge(String kind) {
    return with("challenge", Map.of("kind", kind));
  }

  /** Why it went wrong, in the API's word. */
  public Event error(String code) {
    return with("error_code", code);
  }

  /** The version of what it is about: a receiver drops an event with a lower one. */
  public Event sequence(long version) {
    return with("sequence", version);
  }

  private Event with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(data);
    more.put(name, value);
    return new Event(type, Collections.unmodifiableMap(more));
  }

  /** What happened. */
  public EventType type() {
    return type;
  }

  /** What is told of it, as JSON will have it. */
  public Map<String, Object> data() {
    return data;
  }
}
