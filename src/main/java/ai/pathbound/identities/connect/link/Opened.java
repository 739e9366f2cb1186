package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.id.SessionId;
import java.time.Instant;

/** The holder is asked for credentials, for the first time or after LinkedIn refused some. */
public final class Opened extends UsableLink {
  Opened(LinkFacts facts, LinkProgress progress) {
    super(facts, progress);
  }

  /** A login began with the holder's credentials; or the link's time was over already. */
  ConnectLink submit(SessionId login, Instant now) {
    return facts.isOver(now) ? expire() : new Submitted(facts, progress.submitted(login));
  }

  /** Whether LinkedIn refused what was submitted before. */
  public boolean wasRefused() {
    return progress.submissions() > 0;
  }

  /** How often the holder may still submit credentials. */
  public int submissionsLeft() {
    return LinkProgress.MOST_SUBMISSIONS - progress.submissions();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.opened(this);
  }
}
