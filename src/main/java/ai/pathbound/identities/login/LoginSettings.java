package ai.pathbound.identities.login;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How logins are queued, driven and limited. */
@ConfigMapping(prefix = "identities.linkedin")
public interface LoginSettings {
  /** Which connector reaches LinkedIn: {@code sandbox} or {@code webdriver}. */
  Optional<String> connector();

  /**
   * Whether this replica begins no login; they are accepted and wait. What has begun goes on: its
   * credentials were sent, and a person may be waiting. To pause the whole service while it runs,
   * see {@code pause_logins()} in the operator's guide.
   */
  @WithDefault("false")
  boolean paused();

  /**
   * Whether a login may bring a session that the account's holder made in another browser. Switch
   * it on once every replica knows of it.
   */
  @WithDefault("false")
  boolean cookieLogin();

  /** The most a login may wait for a worker. */
  @WithDefault("5M")
  Duration queueTimeout();

  /** The most a worker may take from one challenge to the next. */
  @WithDefault("3M")
  Duration runTimeout();

  /** How often a worker looks whether an approval or an e-mail link was given. */
  @WithDefault("2s")
  Duration confirmationInterval();

  /**
   * How long after LinkedIn last sent a code or a message it may be asked to send again; at least
   * 1M, with the sandbox 0S.
   */
  @WithDefault("60s")
  Duration resendAfter();

  /** How many logins of one identity are accepted within an hour. */
  @WithDefault("20")
  int loginsPerHour();

  /** How long an identity must wait after LinkedIn rejected its credentials. */
  @WithDefault("0s")
  Duration coolDownAfterRejection();

  /** How long an identity must wait after LinkedIn locked its account. */
  @WithDefault("10M")
  Duration coolDownAfterLock();

  /** How long an answer of {@code check} may be reused. */
  @WithDefault("10s")
  Duration checkReuse();

  /** How long an ended login can be asked for; at least a week. */
  @WithDefault("30D")
  Duration keep();

  /** When logins are paused automatically. */
  PauseRule automaticPause();

  /** How stored sessions are looked at. */
  Health health();

  /** The worker of this replica. */
  Worker worker();

  /**
   * When the whole service pauses its logins because LinkedIn rejects them or shows unknown pages:
   * before a changed page locks many accounts.
   */
  interface PauseRule {
    /**
     * Which share of the identities whose logins ended within the window failed: above 0, at most
     * 1.
     */
    @WithDefault("0.5")
    double share();

    /**
     * Number of identities whose logins must have ended before the share counts; 0: never pauses.
     */
    @WithDefault("20")
    int atLeast();

    /** How far back it looks. */
    @WithDefault("10M")
    Duration window();

    /** Length of a pause. Logins go on after it, and only those that end after it are counted. */
    @WithDefault("10M")
    Duration lasts();
  }

  /** The looks at stored sessions, by which a tenant hears of one that LinkedIn ended. */
  interface Health {
    /**
     * How long after the last answer a stored session is looked at, give or take a quarter; 0:
     * never. At least 1H, with the sandbox 1S.
     */
    @WithDefault("24H")
    Duration interval();

    /**
     * How long after a look that found a session over the second one is taken, which erases it. At
     * least 10M, with the sandbox 1S.
     */
    @WithDefault("10M")
    Duration confirmAfter();
  }

  /** The worker of one replica. */
  interface Worker {
    /** How many logins this replica drives at a time; 0: none, this replica only serves. */
    @WithDefault("16")
    int slots();

    /** How long a worker holds a login without renewing its lease. */
    @WithDefault("15s")
    Duration lease();

    /** How often the queue is looked at when no notification comes. */
    @WithDefault("1s")
    Duration pollInterval();

    /** How long a stopping replica lets its steps finish before it gives the logins back. */
    @WithDefault("10s")
    Duration drainTimeout();
  }
}
