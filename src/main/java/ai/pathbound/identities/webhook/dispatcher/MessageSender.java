package ai.pathbound.identities.webhook.dispatcher;

import ai.pathbound.identities.secret.UnreadableSecretException;
import ai.pathbound.identities.webhook.WebhookSettings;
import ai.pathbound.identities.webhook.dispatcher.Exchange.Answer;
import ai.pathbound.identities.webhook.guard.AddressGuard;
import ai.pathbound.identities.webhook.guard.AddressNotAllowedException;
import ai.pathbound.identities.webhook.guard.Target;
import ai.pathbound.identities.webhook.store.Attempt;
import ai.pathbound.identities.webhook.store.ClaimedDelivery;
import ai.pathbound.identities.webhook.store.EndpointSecrets;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jboss.logging.Logger;

/**
 * Signs a message and sends it once, to the first of the addresses that the guard names at which
 * somebody takes the connection. Redirects are not followed, proxies of the environment are not
 * used, and connections are pinned to their address.
 */
@ApplicationScoped
class MessageSender {
  private static final Logger LOG = Logger.getLogger(MessageSender.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** A name with more is tried at these: an attempt has a time-out. */
  private static final int MOST_ADDRESSES = 4;

  private static final int KEEP_ALIVE_SECONDS = 15;

  private final Vertx vertx;
  private final AddressGuard guard;
  private final EndpointSecrets secrets;
  private final WebhookSettings settings;
  private final Clock clock;
  private final HttpClient client;

  @Inject
  MessageSender(
      Vertx vertx,
      AddressGuard guard,
      EndpointSecrets secrets,
      WebhookSettings settings,
      Clock clock,
      TlsConfigurationRegistry tls) {
    this(vertx, guard, secrets, settings, clock, ReceiverTrust.options(tls));
  }

  MessageSender(
      Vertx vertx,
      AddressGuard guard,
      EndpointSecrets secrets,
      WebhookSettings settings,
      Clock clock,
      HttpClientOptions options) {
    this.vertx = vertx;
    this.guard = guard;
    this.secrets = secrets;
    this.settings = settings;
    this.clock = clock;
    this.client =
        vertx
            .httpClientBuilder()
            .with(
                options
                    .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                    .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                    // No trace context of ours goes to a machine of a tenant.
                    .setTracingPolicy(TracingPolicy.IGNORE))
            // No request waits for a connection: many endpoints may be behind one address.
            .with(new PoolOptions().setHttp1MaxSize(Math.max(1, settings.slots())))
            // An endpoint that hangs up fails the request that waits: no error of the program
            // beside.
            .withConnectHandler(connection -> connection.exceptionHandler(known -> {}))
            .build();
  }

  /**
   * What an attempt came to.
   *
   * @param attempt what is kept of it
   * @param retryAfter the answer's {@code Retry-After}, or null
   */
  record Sent(Attempt attempt, String retryAfter) {}

  /** Sends it, within the time-out of the settings; never fails. */
  Uni<Sent> send(ClaimedDelivery message, Exchange exchange) {
    Instant at = clock.instant();
    long begun = System.nanoTime();
    return guard
        .resolve(message.tenant(), message.url())
        .ifNoItem()
        .after(settings.timeout())
        .fail()
        .flatMap(target -> send(message, target, at, exchange, begun))
        .onFailure()
        .recoverWithItem(failure -> Answer.none(kind(message, failure)))
        .map(answer -> sent(answer, at, begun));
  }

  private Uni<Answer> send(
      ClaimedDelivery message, Target target, Instant at, Exchange exchange, long begun) {
    String signatures = signatures(message, at.getEpochSecond());
    List<RequestOptions> requests =
        target.addresses().stream()
            .limit(MOST_ADDRESSES)
            .map(address -> request(message, target, address, at.getEpochSecond(), signatures))
            .toList();
    long left = settings.timeout().toMillis() - (System.nanoTime() - begun) / 1_000_000;
    if (left <= 0) {
      return Uni.createFrom().failure(new TimeoutException());
    }
    return Uni.createFrom()
        .completionStage(
            () ->
                exchange
                    .begin(vertx, client, requests, Buffer.buffer(message.body()), left)
                    .toCompletionStage());
  }

  private static RequestOptions request(
      ClaimedDelivery message,
      Target target,
      InetAddress address,
      long seconds,
      String signatures) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setSsl(target.secure())
        .setHost(target.host())
        .setPort(target.port())
        .setURI(target.path())
        // Where to connect to; the name goes on to be that of the Host header, SNI and certificate.
        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
        .setFollowRedirects(false)
        // The client would write an IPv6 address without its brackets (RFC 9110, section 7.2).
        .putHeader("Host", target.authority())
        .putHeader("Content-Type", "application/json")
        .putHeader("User-Agent", "pathbound-identities")
        .putHeader("webhook-id", message.message().toString())
        .putHeader("webhook-timestamp", Long.toString(seconds))
        .putHeader("webhook-signature", signatures);
  }

  /** One of each secret, the newest first. */
  private String signatures(ClaimedDelivery message, long seconds) {
    StringJoiner signatures = new StringJoiner(" ");
    for (String sealed : message.sealedSecrets()) {
      try {
        signatures.add(
            new Webhook(secrets.open(sealed, message.tenant(), message.endpoint()).reveal())
                .sign(message.message().toString(), seconds, message.body()));
      } catch (WebhookSigningException e) {
        throw new IllegalStateException("signing failed", e);
      }
    }
    return signatures.toString();
  }

  private Sent sent(Answer answer, Instant at, long begun) {
    boolean success = answer.status().filter(status -> status / 100 == 2).isPresent();
    return new Sent(
        new Attempt(
            at,
            answer.status(),
            Duration.ofNanos(Math.max(0, answer.at() - begun)),
            success || answer.error().isPresent()
                ? answer.error()
                : Optional.of(Attempt.Error.STATUS_NOT_2XX)),
        answer.retryAfter());
  }

  private static Attempt.Error kind(ClaimedDelivery message, Throwable failure) {
    if (failure instanceof AddressNotAllowedException no) {
      return no.why() == AddressNotAllowedException.Why.NAME_NOT_RESOLVED
          ? Attempt.Error.NAME_NOT_RESOLVED
          : Attempt.Error.URL_NOT_ALLOWED;
    }
    if (failure instanceof TimeoutException) {
      return Attempt.Error.TIMEOUT;
    }
    if (failure instanceof UnreadableSecretException) {
      LOG.warnf("%s cannot be signed: %s", message, failure.getMessage());
      return Attempt.Error.SECRET_UNREADABLE;
    }
    LOG.warnf("%s: %s", message, failure);
    return Attempt.Error.CONNECTION_FAILED;
  }

  @PreDestroy
  void close() {
    client.close();
  }
}
