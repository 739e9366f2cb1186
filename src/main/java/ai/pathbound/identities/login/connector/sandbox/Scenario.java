package ai.pathbound.identities.login.connector.sandbox;

import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.secret.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a login goes on: all that the sandbox remembers of it, kept in the browser's handle.
 *
 * @param session what the login signs in to at its end
 * @param steps what happens before, the first of them now
 * @param since when the first of them began
 */
record Scenario(SandboxSession session, List<Step> steps, Instant since) {
  /** A browser that was opened, and in which nothing was typed yet. */
  static final BrowserHandle NOTHING_TYPED = new BrowserHandle(Secret.of("{}"));

  static Scenario of(SandboxUsername username, Instant now) {
    return new Scenario(
        new SandboxSession(username.member(), username.shortLived(), username.flaky()),
        username.steps(),
        now);
  }

  /** A session that was made elsewhere; there is no password that could be rejected. */
  static Scenario brought(SandboxUsername username, Instant now) {
    Scenario typed = of(username, now);
    return new Scenario(
        typed.session,
        typed.steps.stream()
            .map(step -> step == Step.REJECTION ? Step.ENDED_SESSION : step)
            .toList(),
        now);
  }

  static Scenario returning(SandboxSession session, Instant now) {
    return new Scenario(session, session.ended() ? List.of(Step.ENDED_SESSION) : List.of(), now);
  }

  /** Reads a handle; empty for {@link #NOTHING_TYPED}. */
  static Optional<Scenario> in(BrowserHandle browser) {
    return SandboxSession.readJson(
        browser.content(),
        json ->
            json.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new Scenario(
                        SandboxSession.ofJson(json.getJsonObject("session")),
                        json.getJsonArray("steps").stream()
                            .map(name -> Step.valueOf((String) name))
                            .toList(),
                        json.getInstant("since"))));
  }

  /** What happens now; empty at the end. */
  Optional<Step> step() {
    return steps.stream().findFirst();
  }

  /** Whether nothing more happens in it that a later look would have to remember. */
  boolean isOver() {
    return step().flatMap(Step::refusal).isPresent() || steps.isEmpty();
  }

  /**
   * Goes on to the next step, after the first was over at {@code over}. A challenge starts now, so
   * a late poll does not shorten it; a slow page starts at {@code over}, so a restart waits only
   * for the rest.
   */
  Scenario next(Instant over, Instant now) {
    List<Step> rest = steps.subList(1, steps.size());
    boolean slow = !rest.isEmpty() && rest.get(0) == Step.SLOW_PAGE;
    return new Scenario(session, rest, slow ? over : now);
  }

  /** The same with another step in the place of the first one, which begins now. */
  Scenario instead(Step step, Instant now) {
    List<Step> changed = new ArrayList<>(steps);
    changed.set(0, step);
    return new Scenario(session, List.copyOf(changed), now);
  }

  BrowserHandle browser() {
    JsonArray names = new JsonArray();
    steps.forEach(step -> names.add(step.name()));
    JsonObject json =
        new JsonObject().put("session", session.toJson()).put("steps", names).put("since", since);
    return new BrowserHandle(Secret.of(json.encode()));
  }
}
