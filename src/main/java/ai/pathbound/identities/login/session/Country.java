package ai.pathbound.identities.login.session;

import ai.pathbound.identities.problem.RefusalException;
import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.Optional;
import java.util.Set;

/**
 * A country, by its assigned ISO 3166-1 alpha-2 code.
 *
 * @param code two upper-case letters
 */
public record Country(String code) {
  /** Where a login goes out unless told otherwise. */
  public static final Country DEFAULT = new Country("US");

  private static final Set<String> ASSIGNED = Locale.getISOCountries(IsoCountryCode.PART1_ALPHA2);

  /** Reads a code in either case; empty for one that is not assigned. */
  public static Optional<Country> parse(String text) {
    // Only ASCII: toUpperCase would make two letters of some single ones.
    if (text == null || !text.matches("[A-Za-z]{2}")) {
      return Optional.empty();
    }
    String code = text.toUpperCase(Locale.ROOT);
    return ASSIGNED.contains(code) ? Optional.of(new Country(code)) : Optional.empty();
  }

  /** What is answered where this service has no way out to LinkedIn from there. */
  public RefusalException unavailable() {
    return RefusalException.of(
        RefusalException.Kind.INVALID,
        "country_unavailable",
        "There is no way out to LinkedIn from "
            + code
            + " here. Choose another country, or ask the operator for one.");
  }

  @Override
  public String toString() {
    return code;
  }
}
