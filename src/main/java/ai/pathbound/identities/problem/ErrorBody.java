package ai.pathbound.identities.problem;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * The body of every error, from whatever layer.
 *
 * @param status always {@code error}
 * @param error a sentence for a person
 * @param code a word for a program, in snake case
 * @param details findings by field; empty where nothing applies
 */
@RegisterForReflection(targets = {ErrorBody.class, RefusalException.Detail.class})
@JsonPropertyOrder({"status", "error", "code", "details", "timestamp"})
public record ErrorBody(
    String status,
    String error,
    String code,
    List<RefusalException.Detail> details,
    Instant timestamp) {

  /** An error said at {@code timestamp}. */
  static ErrorBody of(
      String error, String code, List<RefusalException.Detail> details, Instant timestamp) {
    return new ErrorBody("error", error, code, details, timestamp);
  }
}
