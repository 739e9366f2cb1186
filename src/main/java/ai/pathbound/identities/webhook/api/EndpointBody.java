package ai.pathbound.identities.webhook.api;

import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.webhook.EventType;
import ai.pathbound.identities.webhook.store.Endpoints;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a client sends of an endpoint.
 *
 * @param url where messages are sent
 * @param events the names of events; absent from a new endpoint: all; empty in an update: all again
 * @param description the tenant's own words, up to 500 characters, trimmed
 * @param enabled whether messages are sent; only an update takes it
 */
@RegisterForReflection
record EndpointBody(String url, List<String> events, String description, Boolean enabled) {
  private static final int DESCRIPTION_LENGTH = 500;

  /** The same, checked, with what a new endpoint needs; refuses with every finding at once. */
  EndpointBody asNew() {
    List<RefusalException.Detail> findings = findings();
    if (events != null && events.isEmpty()) {
      findings.add(
          0,
          new RefusalException.Detail(
              "events", "must name one event at least; leave it out for all"));
    }
    if (url == null) {
      findings.add(0, new RefusalException.Detail("url", "is required"));
    }
    refuseIfAny(findings);
    return this;
  }

  /** What an update changes; refuses one that changes nothing. */
  Endpoints.Changes asChanges() {
    refuseIfAny(findings());
    if (url == null && events == null && description == null && enabled == null) {
      throw RefusalException.invalid(
          "The update names nothing to change. Send url, events, description or enabled.",
          List.of());
    }
    return new Endpoints.Changes(
        Optional.ofNullable(url),
        names(),
        Optional.ofNullable(description).map(String::strip),
        Optional.ofNullable(enabled));
  }

  /** The events, each once; empty where all are meant. */
  Optional<List<String>> names() {
    return Optional.ofNullable(events).map(names -> names.stream().distinct().toList());
  }

  /** The description; empty where there is none. */
  Optional<String> text() {
    return Optional.ofNullable(description).map(String::strip).filter(text -> !text.isEmpty());
  }

  private List<RefusalException.Detail> findings() {
    List<RefusalException.Detail> findings = new ArrayList<>();
    if (events != null
        && events.stream().anyMatch(name -> name == null || EventType.ofWireName(name).isEmpty())) {
      findings.add(
          new RefusalException.Detail(
              "events", "must hold names of events, such as linkedin.login.failed"));
    }
    if (description != null
        && (description.strip().codePointCount(0, description.strip().length()) > DESCRIPTION_LENGTH
            || description.codePoints().anyMatch(Character::isISOControl))) {
      findings.add(
          new RefusalException.Detail(
              "description",
              "must be at most " + DESCRIPTION_LENGTH + " characters, none a control character"));
    }
    return findings;
  }

  private static void refuseIfAny(List<RefusalException.Detail> findings) {
    if (!findings.isEmpty()) {
      RefusalException.Detail first = findings.get(0);
      throw RefusalException.invalid(
          "The endpoint is not valid: " + first.field() + " " + first.message() + ".", findings);
    }
  }
}
