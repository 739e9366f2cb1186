package ai.pathbound.identities.problem;

import jakarta.enterprise.context.ApplicationScoped;

/** Failures that cannot be answered any more, since part of the answer has been sent. */
@ApplicationScoped
public class LateFailures {
  private final ErrorResponses errors;

  LateFailures(ErrorResponses errors) {
    this.errors = errors;
  }

  /** Logs {@code failure} as if it were answered: with an id where it would be a 500. */
  public void tell(Throwable failure, String method, String path) {
    errors.to(failure, new ErrorResponses.FailedRequest(method, path, null, ""));
  }
}
