package ai.pathbound.identities.login.session;

import java.time.Instant;

/** A login under way that no worker is changing: a newer one may take its place. */
public sealed interface Waiting extends UnderWay
    permits Queued, AwaitingCode, AwaitingConfirmation {

  /** A newer login takes its place. */
  Failed supersede(Instant now);
}
