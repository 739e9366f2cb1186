package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.login.session.FailureReason;
import java.util.Optional;

/**
 * A snapshot of a link, as a row keeps it. {@link #restore} is the one way from data back to a
 * state.
 *
 * @param failure why it failed, or what led back to the form
 */
record LinkSnapshot(
    LinkFacts facts, LinkStatus status, LinkProgress progress, Optional<FailureReason> failure) {

  /** The state that this row is in. */
  ConnectLink restore() {
    return switch (status) {
      case PENDING -> new Pending(facts);
      case OPENED -> new Opened(facts, progress);
      case SUBMITTED -> new Submitted(facts, progress);
      case COMPLETED -> new Completed(facts, progress);
      case FAILED -> new Failed(facts, progress, failure.orElseThrow());
      case EXPIRED -> new Expired(facts, progress);
      case REVOKED -> new Revoked(facts, progress);
    };
  }

  /** What a row must hold to restore {@code link}. */
  static LinkSnapshot of(ConnectLink link) {
    return link.accept(new Describe());
  }

  private record Describe() implements ConnectLink.Visitor<LinkSnapshot> {
    @Override
    public LinkSnapshot pending(Pending link) {
      return usable(link, LinkStatus.PENDING, Optional.empty());
    }

    @Override
    public LinkSnapshot opened(Opened link) {
      return usable(
          link,
          LinkStatus.OPENED,
          link.wasRefused() ? Optional.of(FailureReason.CREDENTIALS_REJECTED) : Optional.empty());
    }

    @Override
    public LinkSnapshot submitted(Submitted link) {
      return usable(link, LinkStatus.SUBMITTED, Optional.empty());
    }

    @Override
    public LinkSnapshot completed(Completed link) {
      return ended(link, LinkStatus.COMPLETED, Optional.empty());
    }

    @Override
    public LinkSnapshot failed(Failed link) {
      return ended(link, LinkStatus.FAILED, Optional.of(link.reason()));
    }

    @Override
    public LinkSnapshot expired(Expired link) {
      return ended(link, LinkStatus.EXPIRED, Optional.empty());
    }

    @Override
    public LinkSnapshot revoked(Revoked link) {
      return ended(link, LinkStatus.REVOKED, Optional.empty());
    }

    private static LinkSnapshot usable(
        UsableLink link, LinkStatus status, Optional<FailureReason> failure) {
      return new LinkSnapshot(link.facts, status, link.progress, failure);
    }

    private static LinkSnapshot ended(
        EndedLink link, LinkStatus status, Optional<FailureReason> failure) {
      return new LinkSnapshot(link.facts, status, link.progress, failure);
    }
  }
}
