package ai.pathbound.identities.json;

import ai.pathbound.identities.problem.RefusalException;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with the values of a body, so that a client mends it in one go. */
public final class Findings {
  private final List<RefusalException.Detail> all = new ArrayList<>();

  /** Adds a finding about {@code field}. */
  public void add(String field, String message) {
    all.add(new RefusalException.Detail(field, message));
  }

  /** Requires that {@code field} was sent. */
  public void require(String field, Object value) {
    if (value == null) {
      add(field, "is required");
    }
  }

  /** Requires 1 to {@code most} Unicode characters; whether {@code text} has them. */
  public boolean requireLength(String field, String text, int most) {
    int length = text.codePointCount(0, text.length());
    boolean fits = length >= 1 && length <= most;
    if (!fits) {
      add(field, "must be 1 to " + most + " characters");
    }
    return fits;
  }

  /** Refuses {@code what} with {@code invalid_request} and every finding, if there is any. */
  public void refuseIfAny(String what) {
    if (!all.isEmpty()) {
      RefusalException.Detail first = all.get(0);
      throw RefusalException.invalid(
          what + " is not valid: " + first.field() + " " + first.message() + ".", all);
    }
  }
}
