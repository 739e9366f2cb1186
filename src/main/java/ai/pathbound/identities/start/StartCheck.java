package ai.pathbound.identities.start;

import ai.pathbound.identities.connect.BaseUrl;
import ai.pathbound.identities.secret.KeySetParser;
import ai.pathbound.identities.secret.WrappedKey;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.common.utils.StringUtil;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an operator must give before the program can serve, found all at once. */
final class StartCheck {
  /** Asks for a migration of the schema instead of a service. */
  static final String MIGRATE_AND_EXIT = "identities.database.migrate-and-exit";

  /** The framework's word for the same; not quick, see {@link StartConfigCustomizer}. */
  static final String INIT_AND_EXIT = "quarkus.init-and-exit";

  private static final String URL = "quarkus.datasource.reactive.url";
  // Not left to the driver: its message quotes the URL, which may hold a password.
  private static final Pattern URL_FORM =
      Pattern.compile(
          "postgresql://([^/?#@\\s]*@)?(\\[[0-9A-Fa-f:.]+\\]|[^/?#:@\\[\\]\\s]+)(:\\d{1,5})?([/?#]\\S*)?");
  private static final String KEY = "mp.jwt.verify.publickey";
  private static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";
  private static final String CONNECTOR = "identities.linkedin.connector";
  private static final String FORWARDING = "quarkus.http.proxy.proxy-address-forwarding";
  private static final String TRUSTED = "quarkus.http.proxy.trusted-proxies";
  private static final String SEALING = "identities.secrets.keys";
  private static final String VAULT = "quarkus.vault.url";
  private static final String CONNECT = "identities.connect.base-url";
  // Each must be positive; with zero, logins or requests fail at once.
  private static final List<String> TIMES =
      List.of(
          "identities.linkedin.queue-timeout",
          "identities.linkedin.run-timeout",
          "identities.linkedin.confirmation-interval",
          "identities.linkedin.worker.lease",
          "identities.linkedin.worker.poll-interval",
          "identities.database.patience",
          "identities.lists.patience",
          "identities.connect.sweep-interval");

  private static final String HEALTH_INTERVAL = "identities.linkedin.health.interval";
  private static final String HEALTH_CONFIRM = "identities.linkedin.health.confirm-after";
  private static final String RESEND = "identities.linkedin.resend-after";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final Set<String> BOOLEANS =
      Set.of("true", "1", "yes", "y", "t", "on", "false", "0", "no", "n", "f", "off");

  private final SmallRyeConfig settings;
  private final List<String> complaints = new ArrayList<>();

  private StartCheck(SmallRyeConfig settings) {
    this.settings = settings;
  }

  /** One line for each setting that is missing or unfit; no line quotes a secret. */
  static List<String> of(SmallRyeConfig settings) {
    StartCheck check = new StartCheck(settings);
    check.database();
    check.migrateAndExit();
    // The init container migrates and ends: it needs no more than that.
    if (!migrates(settings)) {
      check.serving();
    }
    return List.copyOf(check.complaints);
  }

  private void database() {
    String url = value(URL);
    if (url.isEmpty()) {
      missing(URL, "the database, as postgresql://host:5432/database");
    } else if (!URL_FORM.matcher(url).matches()) {
      complain(URL, "must look like postgresql://host:5432/database");
    }
  }

  private void migrateAndExit() {
    String value = settings.getConfigValue(MIGRATE_AND_EXIT).getRawValue();
    if (value != null && !BOOLEANS.contains(value.strip().toLowerCase(Locale.ROOT))) {
      complain(MIGRATE_AND_EXIT, "must be true or false");
    }
  }

  private void serving() {
    String location = value(KEY_LOCATION);
    if (value(KEY).isEmpty() && location.isEmpty()) {
      missing(KEY_LOCATION, "the path or URL of the key or JWK Set that verifies tokens");
    } else if (!location.isEmpty() && !isThere(location)) {
      complain(KEY_LOCATION, "names no file that can be read: " + location);
    }
    required("mp.jwt.verify.issuer", "who issues the tokens (their iss)");
    required("mp.jwt.verify.audiences", "for whom the tokens are (their aud)");
    required(CONNECTOR, "sandbox (logins are played) or webdriver (real browsers)");
    if (isTrue(settings, FORWARDING) && value(TRUSTED).isEmpty()) {
      complain(
          TRUSTED, "must name the proxies that may say whose request it is, or every client may");
    }
    TIMES.forEach(this::time);
    paces();
    sealing();
    connectPage();
  }

  private void connectPage() {
    String url = value(CONNECT);
    if (!url.isEmpty()) {
      try {
        BaseUrl.parse(url);
      } catch (IllegalArgumentException e) {
        complain(CONNECT, e.getMessage());
      }
    }
  }

  private void time(String name) {
    String given = settings.getConfigValue(name).getRawValue();
    if (given != null && given.isBlank()) {
      complain(name, "is empty: give a time such as 30s or 5M, or do not set it");
      return;
    }
    try {
      Optional<Duration> time = settings.getOptionalValue(name, Duration.class);
      if (time.isPresent() && (time.get().isZero() || time.get().isNegative())) {
        complain(name, "must be longer than nothing: " + value(name));
      }
    } catch (IllegalArgumentException e) {
      complain(name, "is no time such as 30s or 5M: " + value(name));
    }
  }

  /** With the sandbox nobody is asked too often, and a person who tries it does not wait. */
  private void paces() {
    boolean played = value(CONNECTOR).equals("sandbox");
    atLeast(HEALTH_INTERVAL, played ? SECOND : Duration.ofHours(1), true);
    atLeast(HEALTH_CONFIRM, played ? SECOND : Duration.ofMinutes(10), false);
    atLeast(RESEND, played ? Duration.ZERO : Duration.ofMinutes(1), false);
  }

  private void atLeast(String name, Duration least, boolean orZero) {
    try {
      Optional<Duration> time = settings.getOptionalValue(name, Duration.class);
      boolean fits =
          time.isEmpty() || time.get().compareTo(least) >= 0 || orZero && time.get().isZero();
      if (!fits) {
        complain(
            name,
            "must be at least "
                + least.toString().substring(2)
                + (orZero ? ", or 0 for never: " : ": ")
                + value(name));
      }
    } catch (IllegalArgumentException e) {
      complain(name, "is no time such as 24H or 10M: " + value(name));
    }
  }

  private void sealing() {
    String keys = value(SEALING);
    if (keys.isEmpty()) {
      missing(SEALING, "the path of the JWK Set that seals secrets");
      return;
    }
    try {
      if (KeySetParser.parse(keys).stream().anyMatch(WrappedKey.class::isInstance)) {
        required(VAULT, "the Vault that unwraps keys of " + SEALING + ", as https://host:8200");
      }
    } catch (IllegalArgumentException e) {
      complain(SEALING, "is unfit: " + e.getMessage());
    }
  }

  /** An http address is fetched only when a token needs it. */
  private static boolean isThere(String location) {
    if (location.startsWith("http:") || location.startsWith("https:")) {
      return true;
    }
    try {
      Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
      return Files.isReadable(file);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void required(String name, String meaning) {
    if (value(name).isEmpty()) {
      missing(name, meaning);
    }
  }

  /** Whether this process migrates the schema and ends. */
  static boolean migrates(SmallRyeConfig settings) {
    return isTrue(settings, MIGRATE_AND_EXIT) || isTrue(settings, INIT_AND_EXIT);
  }

  /** As the framework reads it: {@code 1}, {@code yes}, {@code on} are true, too. */
  private static boolean isTrue(SmallRyeConfig settings, String name) {
    return settings.getOptionalValue(name, Boolean.class).orElse(false);
  }

  private String value(String name) {
    ConfigValue value = settings.getConfigValue(name);
    return value.getValue() == null ? "" : value.getValue().strip();
  }

  private void missing(String name, String meaning) {
    complain(name, "is not set: " + meaning);
  }

  private void complain(String name, String sentence) {
    String variable = StringUtil.replaceNonAlphanumericByUnderscores(name).toUpperCase(Locale.ROOT);
    complaints.add("Cannot start: " + name + " (" + variable + ") " + sentence + ".");
  }
}
