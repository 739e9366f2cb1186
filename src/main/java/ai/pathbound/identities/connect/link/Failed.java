package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.login.session.FailureReason;

/** Its login failed for good. */
public final class Failed extends EndedLink {
  private final FailureReason reason;

  Failed(LinkFacts facts, LinkProgress progress, FailureReason reason) {
    super(facts, progress);
    this.reason = reason;
  }

  /** Why the login failed. */
  public FailureReason reason() {
    return reason;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.failed(this);
  }
}
