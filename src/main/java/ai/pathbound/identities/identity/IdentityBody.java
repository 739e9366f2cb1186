package ai.pathbound.identities.identity;

import ai.pathbound.identities.json.Findings;
import ai.pathbound.identities.json.VisibleText;
import ai.pathbound.identities.problem.RefusalException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * What a client sends of an identity. {@code role} and {@code jobTitle} are one attribute under two
 * names.
 *
 * @param firstName 1 to 100 characters, trimmed, one of which can be seen
 * @param lastName the same
 * @param role 1 to 200 characters, trimmed, one of which can be seen
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
    Optional<String> title = title(findings, Optional.empty());
    findings.require("firstName", firstName);
    findings.require("lastName", lastName);
    if (role == null && jobTitle == null) {
      findings.add("role", "is required (or jobTitle, which is the same)");
    }
    findings.refuseIfAny("The identity");
    return new NewIdentity(first.orElseThrow(), last.orElseThrow(), title.orElseThrow());
  }

  /**
   * What an update changes; refuses one that names nothing.
   *
   * @param storedRole the role that the identity has
   */
  IdentityChanges asChanges(String storedRole) {
    Findings findings = new Findings();
    IdentityChanges changes =
        new IdentityChanges(
            text(findings, "firstName", firstName, NAME_LENGTH),
            text(findings, "lastName", lastName, NAME_LENGTH),
            title(findings, Optional.of(storedRole)));
    findings.refuseIfAny("The identity");
    if (firstName == null && lastName == null && role == null && jobTitle == null) {
      throw RefusalException.invalid(
          "The update names nothing to change. Send firstName, lastName, role or jobTitle.",
          List.of());
    }
    return changes;
  }

  /**
   * The role under either name. Of two that differ, the one that is stored already is what the
   * client has read, and the other what it has changed.
   */
  private Optional<String> title(Findings findings, Optional<String> stored) {
    Optional<String> byRole = text(findings, "role", role, ROLE_LENGTH);
    Optional<String> byTitle = text(findings, "jobTitle", jobTitle, ROLE_LENGTH);
    if (byRole.isEmpty() || byTitle.isEmpty() || byRole.equals(byTitle)) {
      return byRole.or(() -> byTitle);
    }
    if (byRole.equals(stored)) {
      return byTitle;
    }
    if (!byTitle.equals(stored)) {
      findings.add("jobTitle", "differs from role, and both name the same thing; send one of them");
    }
    return byRole;
  }

  private static Optional<String> text(Findings findings, String field, String value, int most) {
    if (value == null) {
      return Optional.empty();
    }
    String trimmed = trim(value);
    if (findings.requireLength(field, trimmed, most)) {
      if (isUnprintable(trimmed)) {
        findings.add(field, "must not contain control characters");
      } else if (!VisibleText.isVisible(trimmed)) {
        findings.add(field, "must contain a character that can be seen");
      }
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
