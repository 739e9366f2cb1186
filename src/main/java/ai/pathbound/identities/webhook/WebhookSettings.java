package ai.pathbound.identities.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How messages are sent, and where to. */
@ConfigMapping(prefix = "identities.webhooks")
public interface WebhookSettings {
  /**
   * Networks (CIDRs) that messages may be sent to although they are not global, also by {@code
   * http}; none unless set.
   */
  Optional<List<String>> allowedNetworks();

  /**
   * Networks (CIDRs) that nothing is sent to although they are global: a cluster's own, where they
   * are.
   */
  Optional<List<String>> refusedNetworks();

  /** How many messages this replica sends at a time; 0: none, this replica only serves. */
  @WithDefault("32")
  int slots();

  /** How many messages are on their way to one endpoint at a time; to one that fails, one is. */
  @WithDefault("8")
  int perEndpoint();

  /** The most that an attempt may take, from the name's resolution to the answer. */
  @WithDefault("15s")
  Duration timeout();

  /**
   * How long a message stays with a replica that gives no sign of life; more than the time-out of
   * an attempt.
   */
  @WithDefault("30s")
  Duration lease();

  /** How often the dispatcher looks at the outbox when no signal wakes it. */
  @WithDefault("1s")
  Duration pollInterval();

  /** How long messages and what became of them are kept. */
  @WithDefault("30D")
  Duration keep();

  /** How long an endpoint may do nothing but fail before it is switched off. */
  @WithDefault("5D")
  Duration disableAfter();
}
