package ai.pathbound.identities.connect.link;

import java.util.Optional;

/** A link that has not ended; in whatever state, it can be ended from outside. */
public abstract sealed class UsableLink implements ConnectLink permits Pending, Opened, Submitted {
  final LinkFacts facts;
  final LinkProgress progress;

  UsableLink(LinkFacts facts, LinkProgress progress) {
    this.facts = facts;
    this.progress = progress;
  }

  @Override
  public final LinkFacts facts() {
    return facts;
  }

  @Override
  public final Optional<UsableLink> usable() {
    return Optional.of(this);
  }

  /** Its time is over. */
  public final Expired expire() {
    return new Expired(facts, progress);
  }

  /** The tenant takes it back. */
  public final Revoked revoke() {
    return new Revoked(facts, progress);
  }
}
