package ai.pathbound.identities.connect.link;

import java.util.Optional;

/** A link that nothing can be done with any more. */
public abstract sealed class EndedLink implements ConnectLink
    permits Completed, Failed, Expired, Revoked {
  final LinkFacts facts;
  final LinkProgress progress;

  EndedLink(LinkFacts facts, LinkProgress progress) {
    this.facts = facts;
    this.progress = progress;
  }

  @Override
  public final LinkFacts facts() {
    return facts;
  }

  @Override
  public final Optional<UsableLink> usable() {
    return Optional.empty();
  }
}
