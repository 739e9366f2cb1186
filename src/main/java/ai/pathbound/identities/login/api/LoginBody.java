package ai.pathbound.identities.login.api;

import ai.pathbound.identities.json.Findings;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.secret.Secret;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Optional;

/**
 * What a login is started with; every field may be absent.
 *
 * @param username the LinkedIn username or e-mail address, 1 to 320 characters, trimmed
 * @param password the password, 1 to 1024 characters, as given
 * @param country ISO 3166-1 alpha-2, in either case
 * @param maxVerificationWaitTime how long the person has to answer, 1 to 3600 seconds
 */
@RegisterForReflection
record LoginBody(
    Secret username,
    Secret password,
    String country,
    @JsonProperty("max_verification_wait_time") Integer maxVerificationWaitTime) {
  private static final int USERNAME_LENGTH = 320;
  private static final int PASSWORD_LENGTH = 1024;
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
    return new Valid(
        name.map(text -> new Credentials(text, password)), where, Duration.ofSeconds(wait));
  }

  private static Secret trimmed(Secret text) {
    return Secret.of(text.reveal().strip());
  }
}
