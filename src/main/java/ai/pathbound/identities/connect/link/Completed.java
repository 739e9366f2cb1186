package ai.pathbound.identities.connect.link;

/** The account is connected. */
public final class Completed extends EndedLink {
  Completed(LinkFacts facts, LinkProgress progress) {
    super(facts, progress);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.completed(this);
  }
}
