package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.FailureReason;

/** A login is under way; the link goes the way that the login goes. */
public final class Submitted extends UsableLink {
  Submitted(LinkFacts facts, LinkProgress progress) {
    super(facts, progress);
  }

  /** The login was completed, however late. */
  Completed complete() {
    return new Completed(facts, progress);
  }

  /** The login failed: a refused password leads back to the form, but for the last time. */
  ConnectLink fail(FailureReason reason) {
    return reason == FailureReason.CREDENTIALS_REJECTED && !progress.isLastSubmission()
        ? new Opened(facts, progress)
        : new Failed(facts, progress, reason);
  }

  /** The login of the last submission. */
  public SessionId login() {
    return progress.login().orElseThrow();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.submitted(this);
  }
}
