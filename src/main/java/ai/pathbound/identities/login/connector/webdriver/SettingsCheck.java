package ai.pathbound.identities.login.connector.webdriver;

import java.net.URI;

/** Refuses settings that cannot be meant, before a login depends on them. */
final class SettingsCheck {
  private SettingsCheck() {}

  static void check(WebDriverSettings settings) {
    URI base = settings.baseUrl();
    boolean web = "https".equals(base.getScheme()) || "http".equals(base.getScheme());
    if (!web || base.getHost() == null || base.getUserInfo() != null) {
      throw wrong("base-url", "is no http or https address");
    }
    if (settings.maxBrowsers() < 1) {
      throw wrong("max-browsers", "is less than 1");
    }
    if (settings.commandTimeout().compareTo(settings.pageTimeout()) <= 0) {
      throw wrong("command-timeout", "is not longer than page-timeout, whose answer it waits for");
    }
    if (settings.pollInterval().isZero() || settings.pollInterval().isNegative()) {
      throw wrong("poll-interval", "is not longer than nothing");
    }
  }

  private static IllegalArgumentException wrong(String key, String what) {
    return new IllegalArgumentException("identities.linkedin.webdriver." + key + " " + what);
  }
}
