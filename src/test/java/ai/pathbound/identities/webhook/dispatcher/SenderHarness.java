package ai.pathbound.identities.webhook.dispatcher;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.MessageId;
import ai.pathbound.identities.secret.PlainKeys;
import ai.pathbound.identities.secret.SealingContext;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.secret.SecretBox;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.WebhookSettings;
import ai.pathbound.identities.webhook.WebhookSettingsOf;
import ai.pathbound.identities.webhook.guard.AddressGuard;
import ai.pathbound.identities.webhook.store.Attempt;
import ai.pathbound.identities.webhook.store.ClaimedDelivery;
import ai.pathbound.identities.webhook.store.EndpointSecrets;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The real sender without a database: every name leads to this machine. */
final class SenderHarness implements AutoCloseable {
  static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String AMPLE = "60s";
  private static final TenantId TENANT = new TenantId("acme");
  private static final String KEYS =
      "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"test\",\"k\":\"%s\"}]}"
          .formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]));

  private final Vertx vertx = Vertx.vertx();
  private final SecretBox box = new SecretBox(PlainKeys.of(KEYS));
  private final MessageSender sender;

  SenderHarness(HttpClientOptions options) {
    this(options, List.of(InetAddress.getLoopbackAddress()));
  }

  /** Every name leads to {@code addresses}. */
  SenderHarness(HttpClientOptions options, List<InetAddress> addresses) {
    this(options, addresses, AMPLE);
  }

  /** One that waits that long for an answer, written as in a setting. */
  static SenderHarness waiting(String timeout) {
    return new SenderHarness(
        new HttpClientOptions(), List.of(InetAddress.getLoopbackAddress()), timeout);
  }

  private SenderHarness(HttpClientOptions options, List<InetAddress> addresses, String timeout) {
    WebhookSettings settings =
        WebhookSettingsOf.values(Map.of("allowed-networks", "127.0.0.0/8", "timeout", timeout));
    AddressGuard guard =
        new AddressGuard(settings, (tenant, name) -> Uni.createFrom().item(addresses));
    sender =
        new MessageSender(
            vertx, guard, new EndpointSecrets(box), settings, Clock.systemUTC(), options);
  }

  Vertx vertx() {
    return vertx;
  }

  Attempt send(String url, String body, String... secrets) {
    EndpointId endpoint = new EndpointId(UUID.randomUUID());
    return send(endpoint, url, body, sealed(endpoint, secrets));
  }

  Attempt sendSealed(String url, String body, List<String> sealed) {
    return send(new EndpointId(UUID.randomUUID()), url, body, sealed);
  }

  private List<String> sealed(EndpointId endpoint, String... secrets) {
    return Arrays.stream(secrets)
        .map(
            secret ->
                box.seal(
                    Secret.of(secret),
                    new SealingContext(TENANT, endpoint.uuid(), EndpointSecrets.PLACE)))
        .toList();
  }

  private Attempt send(EndpointId endpoint, String url, String body, List<String> sealed) {
    return send(endpoint, url, body, sealed, inTime());
  }

  /** One that may be sent until then ({@link System#nanoTime}). */
  static Exchange until(long lastMoment) {
    return new Exchange(lastMoment, () -> {});
  }

  private static Exchange inTime() {
    return until(System.nanoTime() + PATIENCE.toNanos());
  }

  /** Sends it by an exchange of the test's own. */
  void send(String url, String body, Exchange exchange) {
    EndpointId endpoint = new EndpointId(UUID.randomUUID());
    send(endpoint, url, body, sealed(endpoint, SECRET), exchange);
  }

  private Attempt send(
      EndpointId endpoint, String url, String body, List<String> sealed, Exchange exchange) {
    ClaimedDelivery message =
        new ClaimedDelivery(
            TENANT,
            endpoint,
            new MessageId(UUID.randomUUID()),
            1,
            "worker",
            0,
            url,
            sealed,
            body,
            Optional.empty());
    return sender.send(message, exchange).await().atMost(PATIENCE).attempt();
  }

  @Override
  public void close() {
    sender.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
