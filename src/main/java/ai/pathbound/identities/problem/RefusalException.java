package ai.pathbound.identities.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An expected "no", with a sentence for a person and a code for a program. It knows no HTTP: {@link
 * HttpStatuses} maps its kind.
 */
public final class RefusalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What sort of "no" it is. */
  public enum Kind {
    /** The request is wrong in itself. */
    INVALID,
    /** The credentials were not accepted. */
    REJECTED,
    /** Not allowed, and asking again will not help. */
    FORBIDDEN,
    /** There is no such thing, or not for this tenant. */
    NOT_FOUND,
    /** Time ran out. */
    TIMED_OUT,
    /** The state of things does not allow it now. */
    CONFLICT,
    /** The client says that something holds which does not. */
    PRECONDITION,
    /** Well-formed, but it contradicts an earlier request. */
    CONTRADICTORY,
    /** An account is locked. */
    LOCKED,
    /** Too often. */
    TOO_MANY,
    /** LinkedIn, or the way to it, failed. */
    UPSTREAM,
    /** This service cannot serve right now. */
    UNAVAILABLE
  }

  /**
   * One finding about one part of the request.
   *
   * @param field the JSON field, parameter or header
   * @param message what is wrong with it, and what would be right
   */
  public record Detail(String field, String message) {}

  /** The sentence of every 404: it must not tell an unknown path from an id that is not yours. */
  static final String NOTHING_HERE =
      "There is nothing here by that path or id for the tenant of your token.";

  private final Kind kind;
  private final String code;
  private final transient List<Detail> details;
  private final Duration retryAfter;
  private final String reason;

  private RefusalException(
      Kind kind,
      String code,
      String sentence,
      List<Detail> details,
      Duration retryAfter,
      String reason) {
    super(sentence, null, false, false);
    this.kind = kind;
    this.code = code;
    this.details = List.copyOf(details);
    this.retryAfter = retryAfter;
    this.reason = reason;
  }

  /** A refusal of any kind; {@code sentence} tells a person what to do next. */
  public static RefusalException of(Kind kind, String code, String sentence) {
    return new RefusalException(kind, code, sentence, List.of(), null, null);
  }

  /** The request is wrong: {@code invalid_request}, with what was found. */
  public static RefusalException invalid(String sentence, List<Detail> details) {
    return new RefusalException(Kind.INVALID, "invalid_request", sentence, details, null, null);
  }

  /** The request is wrong in one place. */
  public static RefusalException invalid(String field, String message) {
    return invalid(
        "The request is not valid: " + field + " " + message, List.of(new Detail(field, message)));
  }

  /** The one answer for what does not exist and for what belongs to another tenant. */
  public static RefusalException notFound() {
    return of(Kind.NOT_FOUND, "not_found", NOTHING_HERE);
  }

  /** The same refusal with findings. */
  public RefusalException with(Map<String, String> moreDetails) {
    List<Detail> all =
        moreDetails.entrySet().stream().map(e -> new Detail(e.getKey(), e.getValue())).toList();
    return new RefusalException(kind, code, getMessage(), all, retryAfter, reason);
  }

  /** The same refusal with a hint when to come back; at least one second. */
  public RefusalException retryAfter(Duration wait) {
    return new RefusalException(kind, code, getMessage(), details, wait, reason);
  }

  /** The same refusal with what led to it, for callers within: no body shows it. */
  public RefusalException because(String led) {
    return new RefusalException(kind, code, getMessage(), details, retryAfter, led);
  }

  /** What led to it, where its code does not say so. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** What sort of "no" it is. */
  public Kind kind() {
    return kind;
  }

  /** The code for a program, in snake case. */
  public String code() {
    return code;
  }

  /** What was found, by field. */
  public List<Detail> details() {
    return details;
  }

  /** When to come back, if that would help. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
