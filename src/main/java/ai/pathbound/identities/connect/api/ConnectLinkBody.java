package ai.pathbound.identities.connect.api;

import ai.pathbound.identities.connect.link.LinkOptions;
import ai.pathbound.identities.connect.link.PageLanguage;
import ai.pathbound.identities.json.Findings;
import ai.pathbound.identities.login.session.Country;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Optional;

/**
 * What a connect link is made with; every field may be absent.
 *
 * @param expiresIn how long it lives, in seconds
 * @param redirectUrl where the holder goes back to, one of the tenant's
 * @param state what goes back with the holder, up to 512 characters
 * @param country ISO 3166-1 alpha-2, in either case
 * @param locale the page's language
 */
@RegisterForReflection
record ConnectLinkBody(
    @JsonProperty("expires_in") Integer expiresIn,
    @JsonProperty("redirect_url") String redirectUrl,
    String state,
    String country,
    String locale) {
  private static final int SHORTEST_SECONDS = 300;
  private static final int LONGEST_SECONDS = 86_400;
  private static final int DEFAULT_SECONDS = 1800;
  private static final int STATE_LENGTH = 512;

  /** The same, valid. */
  record Valid(LinkOptions options, Duration expiresIn) {}

  /** Checks everything but whether the tenant knows the URL; refuses with every finding at once. */
  Valid validate() {
    Findings findings = new Findings();
    int seconds = expiresIn == null ? DEFAULT_SECONDS : expiresIn;
    if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
      findings.add(
          "expires_in",
          "must be a whole number of seconds from " + SHORTEST_SECONDS + " to " + LONGEST_SECONDS);
    }
    if (state != null
        && findings.requireLength("state", state, STATE_LENGTH)
        && state.codePoints().anyMatch(Character::isISOControl)) {
      findings.add("state", "must not contain control characters");
    }
    Optional<Country> where = Country.parse(country);
    if (country != null && where.isEmpty()) {
      findings.add("country", "must be an assigned ISO 3166-1 alpha-2 code, such as US");
    }
    Optional<PageLanguage> language = Optional.ofNullable(locale).flatMap(PageLanguage::ofTag);
    if (locale != null && language.isEmpty()) {
      findings.add("locale", "must be en, de, fr or es");
    }
    findings.refuseIfAny("The connect link");
    return new Valid(
        new LinkOptions(
            Optional.ofNullable(redirectUrl), Optional.ofNullable(state), where, language),
        Duration.ofSeconds(seconds));
  }
}
