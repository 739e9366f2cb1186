package ai.pathbound.identities.login.api;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.login.store.LoginStore.VersionedLogin;
import ai.pathbound.identities.login.store.LoginVersions.LoginKey;
import ai.pathbound.identities.tenant.TenantId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** How a login stands: once, held until it changes, or as a stream of its changes. */
@ApplicationScoped
class StatusOperations {
  // Said here: the method offers two types, and the framework adds a charset to one alone.
  private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");
  private static final int POLL_AGAIN_SECONDS = 2;
  private static final Duration LONGEST_STREAM = Duration.ofMinutes(15);

  private final LoginStore logins;
  private final PreferWait preferWait;
  private final LiveStreams streams;
  private final Clock clock;
  private final LoginSettings settings;
  private final ObjectMapper json;

  StatusOperations(
      LoginStore logins,
      PreferWait preferWait,
      LiveStreams streams,
      Clock clock,
      LoginSettings settings,
      ObjectMapper json) {
    this.logins = logins;
    this.preferWait = preferWait;
    this.streams = streams;
    this.clock = clock;
    this.settings = settings;
    this.json = json;
  }

  /**
   * The answer to a poll.
   *
   * @param known the versions that the client has seen; empty: it waits for the person's turn
   * @param wait how long it wants to wait, if it does
   */
  Uni<Response> poll(
      TenantId tenant,
      IdentityId identity,
      SessionId session,
      KnownVersions known,
      Optional<Duration> wait) {
    Predicate<VersionedLogin> enough =
        known.isEmpty()
            ? PreferWait.PERSONS_TURN
            : login -> !known.include(login.version()) || login.state().status().isTerminal();
    return preferWait
        .until(tenant, identity, session, wait.orElse(Duration.ZERO), enough)
        .map(login -> answer(login, known, wait));
  }

  private Response answer(VersionedLogin login, KnownVersions known, Optional<Duration> wait) {
    Response.ResponseBuilder response =
        known.include(login.version())
            ? Response.notModified()
            : Response.ok(body(login.state()), JSON);
    response.header(HttpHeaders.ETAG, KnownVersions.entityTag(login.version()));
    wait.ifPresent(time -> response.header(PreferWait.APPLIED, "wait=" + time.toSeconds()));
    if (!login.state().status().isTerminal()) {
      response.header(HttpHeaders.RETRY_AFTER, POLL_AGAIN_SECONDS);
    }
    return response.build();
  }

  /**
   * The answer to a client that wants to be told: a stream, or 204 where there is nothing more to
   * tell.
   *
   * @param lastSeen the id of the last event that the client has seen, or null
   * @param tokenTime how long its token is still good for
   */
  Uni<Response> stream(
      TenantId tenant,
      IdentityId identity,
      SessionId session,
      String lastSeen,
      Duration tokenTime,
      RoutingContext request) {
    Duration time = tokenTime.compareTo(LONGEST_STREAM) < 0 ? tokenTime : LONGEST_STREAM;
    Instant ends = clock.instant().plus(time);
    return logins
        .require(tenant, identity, session)
        .map(
            login -> {
              if (login.state().status().isTerminal()
                  && Long.toString(login.version()).equals(lastSeen)) {
                return Response.noContent().build();
              }
              // What HEAD asks for has no body, and opens nothing.
              Object body =
                  request.request().method().equals(HttpMethod.HEAD)
                      ? ""
                      : streams.open(
                          new LiveStream.Subject(
                              new LoginKey(tenant, session),
                              ends,
                              () -> logins.require(tenant, identity, session),
                              this::body),
                          login,
                          request);
              return Response.ok(body, MediaType.SERVER_SENT_EVENTS_TYPE)
                  // nginx would keep the events until its buffer is full.
                  .header("X-Accel-Buffering", "no")
                  .build();
            });
  }

  private String body(LoginSnapshot state) {
    try {
      return json.writeValueAsString(LinkedInResponses.Standing.of(state, settings.resendAfter()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts and times is always JSON", e);
    }
  }
}
