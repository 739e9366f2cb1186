package ai.pathbound.identities.login.api;

import ai.pathbound.identities.json.Findings;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.secret.Secret;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a login is started with; every field may be absent.
 *
 * @param username the LinkedIn username or e-mail address, 1 to 320 characters, trimmed
 * @param password the password, 1 to 1024 characters, as given
 * @param sessionCookie the value of LinkedIn's cookie {@code li_at}, 1 to 4096 characters, instead
 *     of username and password
 * @param sessionCookieA the value of {@code li_a}, if there is one beside it
 * @param country ISO 3166-1 alpha-2, in either case
 * @param maxVerificationWaitTime how long the person has to answer, 1 to 3600 seconds
 */
@RegisterForReflection
record LoginBody(
    Secret username,
    Secret password,
    @JsonProperty("session_cookie") Secret sessionCookie,
    @JsonProperty("session_cookie_a") Secret sessionCookieA,
    String country,
    @JsonProperty("max_verification_wait_time") Integer maxVerificationWaitTime) {
  private static final int USERNAME_LENGTH = 320;
  private static final int PASSWORD_LENGTH = 1024;
  private static final int COOKIE_LENGTH = 4096;
  // A cookie-value (RFC 6265, section 4.1.1), and what browsers take beside it.
  private static final Pattern COOKIE = Pattern.compile("[\\x21-\\x7e&&[^;]]*");
  private static final int MAX_WAIT_SECONDS = 3600;
  private static final int DEFAULT_WAIT_SECONDS = 600;

  /**
   * The same, valid.
   *
   * @param credentials with the username trimmed; empty: the stored session is used
   * @param country an assigned country
   * @param verificationWait how long the person has to answer
   */
  record Valid(
      Optional<Credentials> credentials, Optional<Country> country, Duration verificationWait) {}

  /** Checks everything; refuses with every finding at once. */
  Valid validate() {
    Findings findings = new Findings();
    Optional<Secret> name = Optional.ofNullable(username).map(LoginBody::trimmed);
    name.ifPresent(text -> findings.requireLength("username", text.reveal(), USERNAME_LENGTH));
    if (password != null) {
      findings.requireLength("password", password.reveal(), PASSWORD_LENGTH);
    }
    if ((username == null) != (password == null)) {
      findings.add(
          username == null ? "username" : "password",
          "is missing: username and password come together, or not at all");
    }
    requireCookie(findings, "session_cookie", sessionCookie);
    requireCookie(findings, "session_cookie_a", sessionCookieA);
    if (sessionCookie != null && (username != null || password != null)) {
      findings.add(
          "session_cookie", "takes the place of username and password: send one or the other");
    }
    if (sessionCookie == null && sessionCookieA != null) {
      findings.add("session_cookie_a", "goes with session_cookie, and is nothing alone");
    }
    Optional<Country> where = Country.parse(country);
    if (country != null && where.isEmpty()) {
      findings.add("country", "must be an assigned ISO 3166-1 alpha-2 code, such as US");
    }
    int wait = maxVerificationWaitTime == null ? DEFAULT_WAIT_SECONDS : maxVerificationWaitTime;
    if (wait < 1 || wait > MAX_WAIT_SECONDS) {
      findings.add(
          "max_verification_wait_time",
          "must be a whole number of seconds from 1 to " + MAX_WAIT_SECONDS);
    }
    findings.refuseIfAny("The login");
    return new Valid(credentials(name), where, Duration.ofSeconds(wait));
  }

  private Optional<Credentials> credentials(Optional<Secret> name) {
    return sessionCookie == null
        ? name.map(text -> new Credentials.Password(text, password))
        : Optional.of(
            new Credentials.SessionCookie(sessionCookie, Optional.ofNullable(sessionCookieA)));
  }

  private static void requireCookie(Findings findings, String field, Secret cookie) {
    if (cookie == null) {
      return;
    }
    findings.requireLength(field, cookie.reveal(), COOKIE_LENGTH);
    if (!COOKIE.matcher(cookie.reveal()).matches()) {
      findings.add(
          field, "must be a cookie's value as a browser shows it: no spaces, no semicolon");
    }
  }

  private static Secret trimmed(Secret text) {
    return Secret.of(text.reveal().strip());
  }
}
