package ai.pathbound.identities.connect.link;

import java.util.Optional;

/** What is possible in some states alone; empty in all others. */
abstract class OnlyFrom<R> implements ConnectLink.Visitor<Optional<R>> {
  @Override
  public Optional<R> pending(Pending link) {
    return Optional.empty();
  }

  @Override
  public Optional<R> opened(Opened link) {
    return Optional.empty();
  }

  @Override
  public Optional<R> submitted(Submitted link) {
    return Optional.empty();
  }

  @Override
  public final Optional<R> completed(Completed link) {
    return Optional.empty();
  }

  @Override
  public final Optional<R> failed(Failed link) {
    return Optional.empty();
  }

  @Override
  public final Optional<R> expired(Expired link) {
    return Optional.empty();
  }

  @Override
  public final Optional<R> revoked(Revoked link) {
    return Optional.empty();
  }
}
