package ai.pathbound.identities.connect.link;

import java.time.Instant;

/** Nobody has consented yet: to look at the page does not open it. */
public final class Pending extends UsableLink {
  Pending(LinkFacts facts) {
    super(facts, LinkProgress.NONE);
  }

  /** A new link. */
  static Pending create(LinkFacts facts) {
    return new Pending(facts);
  }

  /** A holder consents, and the link is bound to that browser; or its time was over already. */
  ConnectLink open(String browserMac, Instant now) {
    return facts.isOver(now)
        ? expire()
        : new Opened(facts, progress.openedIn(new BoundBrowser(browserMac, now)));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.pending(this);
  }
}
