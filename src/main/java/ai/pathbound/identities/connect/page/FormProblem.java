package ai.pathbound.identities.connect.page;

import java.util.Set;
import java.util.function.Function;

/**
 * What is wrong with what a holder sent.
 *
 * @param sentence says it, above the form
 * @param fields the names of the fields that are to be corrected
 * @param username what was typed as the username and need not be typed again; empty: nothing
 */
record FormProblem(Function<Texts, String> sentence, Set<String> fields, String username) {
  /** The name of the field of the username. */
  static final String USERNAME = "username";

  /** The name of the field of the password. */
  static final String PASSWORD = "password";

  /** Something that no field is to blame for. */
  static FormProblem of(Function<Texts, String> sentence) {
    return new FormProblem(sentence, Set.of(), "");
  }

  /** The same, of those fields. */
  FormProblem in(Set<String> wrong) {
    return new FormProblem(sentence, wrong, username);
  }

  /** Without the username, which is a secret. */
  @Override
  public String toString() {
    return "FormProblem" + fields;
  }

  /** The same, beside that username. */
  FormProblem beside(String typed) {
    return new FormProblem(sentence, fields, typed);
  }
}
