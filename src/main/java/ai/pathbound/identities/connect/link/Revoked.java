package ai.pathbound.identities.connect.link;

/** The tenant took it back. */
public final class Revoked extends EndedLink {
  Revoked(LinkFacts facts, LinkProgress progress) {
    super(facts, progress);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.revoked(this);
  }
}
