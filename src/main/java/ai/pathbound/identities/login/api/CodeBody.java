package ai.pathbound.identities.login.api;

import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The code that LinkedIn asks for.
 *
 * @param code 4 to 10 ASCII letters or digits
 */
@RegisterForReflection
record CodeBody(Secret code) {

  /** The code; refuses one of another form. */
  Secret require() {
    if (code == null) {
      throw RefusalException.invalid("code", "is required");
    }
    if (!code.reveal().matches("[0-9A-Za-z]{4,10}")) {
      throw RefusalException.invalid("code", "must be 4 to 10 letters or digits");
    }
    return code;
  }
}
