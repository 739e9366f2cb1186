package ai.pathbound.identities.connect.link;

/** Its time was over before the account was connected. */
public final class Expired extends EndedLink {
  Expired(LinkFacts facts, LinkProgress progress) {
    super(facts, progress);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.expired(this);
  }
}
