package ai.pathbound.identities.problem;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of every error, from whatever layer.
 *
 * @param status always {@code error}
 * @param error a sentence for a person
 * @param code a word for a program, in snake case
 * @param details findings by field; empty where nothing applies
 * @param timestamp when it was said
 */
@RegisterForReflection(targets = {ErrorBody.class, Refusal.Detail.class})
@JsonPropertyOrder({"status", "error", "code", "details", "timestamp"})
@Schema(name = "Error", description = "What every error looks like, from whatever layer.")
public record ErrorBody(
    @Schema(required = true, examples = "error") String status,
    @Schema(
            required = true,
            description = "A sentence for a person.",
            examples = "There is nothing here by that path or id for the tenant of your token.")
        String error,
    @Schema(
            required = true,
            description = "A word for a program, in snake case.",
            examples = "not_found")
        String code,
    @Schema(required = true, description = "Findings by field; empty where nothing applies.")
        List<Refusal.Detail> details,
    @Schema(required = true, format = "date-time", examples = "2026-04-29T12:00:00.000Z")
        Instant timestamp) {

  /** An error said at {@code timestamp}. */
  static ErrorBody of(String error, String code, List<Refusal.Detail> details, Instant timestamp) {
    return new ErrorBody("error", error, code, details, timestamp);
  }
}
