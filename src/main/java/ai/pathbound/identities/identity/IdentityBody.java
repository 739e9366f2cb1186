package ai.pathbound.identities.identity;

import ai.pathbound.identities.json.Findings;
import ai.pathbound.identities.problem.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client sends of an identity. {@code role} and {@code jobTitle} are one attribute under two
 * names.
 *
 * @param firstName 1 to 100 characters, trimmed
 * @param lastName 1 to 100 characters, trimmed
 * @param role 1 to 200 characters, trimmed
 * @param jobTitle the same as {@code role}
 */
@RegisterForReflection
record IdentityBody(String firstName, String lastName, String role, String jobTitle) {
  private static final int NAME_LENGTH = 100;
  private static final int ROLE_LENGTH = 200;

  /** A new identity; refuses with every finding at once. */
  NewIdentity asNew() {
    Findings findings = new Findings();
    Optional<String> first = text(findings, "firstName", firstName, NAME_LENGTH);
    Optional<String> last = text(findings, "lastName", lastName, NAME_LENGTH);
    Optional<String> title = title(findings);
    findings.require("firstName", firstName);
    findings.require("lastName", lastName);
    if (role == null && jobTitle == null) {
      findings.add("role", "is required (or jobTitle, which is the same)");
    }
    findings.refuseIfAny("The identity");
    return new NewIdentity(first.orElseThrow(), last.orElseThrow(), title.orElseThrow());
  }

  /** What an update changes; refuses one that changes nothing. */
  IdentityChanges asChanges() {
    Findings findings = new Findings();
    IdentityChanges changes =
        new IdentityChanges(
            text(findings, "firstName", firstName, NAME_LENGTH),
            text(findings, "lastName", lastName, NAME_LENGTH),
            title(findings));
    findings.refuseIfAny("The identity");
    if (firstName == null && lastName == null && role == null && jobTitle == null) {
      throw Refusal.invalid(
          "The update names nothing to change. Send firstName, lastName, role or jobTitle.",
          List.of());
    }
    return changes;
  }

  private Optional<String> title(Findings findings) {
    Optional<String> byRole = text(findings, "role", role, ROLE_LENGTH);
    Optional<String> byTitle = text(findings, "jobTitle", jobTitle, ROLE_LENGTH);
    if (byRole.isPresent() && byTitle.isPresent() && !Objects.equals(byRole, byTitle)) {
      findings.add("jobTitle", "differs from role, and both name the same thing; send one of them");
    }
    return byRole.or(() -> byTitle);
  }

  private static Optional<String> text(Findings findings, String field, String value, int most) {
    if (value == null) {
      return Optional.empty();
    }
    String trimmed = trim(value);
    if (findings.requireLength(field, trimmed, most) && isUnprintable(trimmed)) {
      findings.add(field, "must not contain control characters");
    }
    return Optional.of(trimmed);
  }

  private static String trim(String value) {
    int begin = 0;
    int end = value.length();
    while (begin < end && isSpace(value.charAt(begin))) {
      begin++;
    }
    while (end > begin && isSpace(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(begin, end);
  }

  /** Any kind of space, as {@code [\\s\\p{Z}]} has it; strip() leaves no-break spaces. */
  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r' || Character.isSpaceChar(c);
  }

  private static boolean isUnprintable(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (isUnprintable(text.codePointAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnprintable(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }
}
