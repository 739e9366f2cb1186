package ai.pathbound.identities.login.session;

import java.time.Instant;
import java.util.Optional;

/**
 * What a connector found after one step. It reports; {@link #settle} lets the core decide what
 * becomes of the login.
 */
public sealed interface LoginOutcome {

  /** What becomes of {@code running}. */
  LoginSession settle(Running running, Instant now);

  /** Where the browser is now, if the login goes on in it. */
  default Optional<BrowserHandle> browser() {
    return Optional.empty();
  }

  /**
   * Signed in.
   *
   * @param session what lets us go on as that member later
   */
  record SignedIn(Member member, StoredSession session) implements LoginOutcome {
    @Override
    public LoginSession settle(Running running, Instant now) {
      return running.complete(member, now);
    }
  }

  /**
   * LinkedIn asks for a code.
   *
   * @param wrong whether it asks again, because the code just given was wrong
   */
  record CodeRequired(ChallengeKind kind, boolean wrong, ChallengeOptions options, BrowserHandle at)
      implements LoginOutcome {
    /** Checks that the kind is one that asks for a code. */
    public CodeRequired {
      if (!kind.asksForCode()) {
        throw new IllegalArgumentException(kind + " asks for no code");
      }
    }

    /** On a page that offers nothing else. */
    public CodeRequired(ChallengeKind kind, boolean wrong, BrowserHandle at) {
      this(kind, wrong, ChallengeOptions.NONE, at);
    }

    @Override
    public LoginSession settle(Running running, Instant now) {
      return running.awaitCode(kind, wrong, options, now);
    }

    @Override
    public Optional<BrowserHandle> browser() {
      return Optional.of(at);
    }
  }

  /** LinkedIn waits, or still waits, for a tap in its app or a link in an e-mail. */
  record ConfirmationRequired(ChallengeKind kind, ChallengeOptions options, BrowserHandle at)
      implements LoginOutcome {
    /** Checks that the kind is one that asks for no code. */
    public ConfirmationRequired {
      if (kind.asksForCode()) {
        throw new IllegalArgumentException(kind + " asks for a code");
      }
    }

    /** On a page that offers nothing else. */
    public ConfirmationRequired(ChallengeKind kind, BrowserHandle at) {
      this(kind, ChallengeOptions.NONE, at);
    }

    @Override
    public LoginSession settle(Running running, Instant now) {
      return running.awaitConfirmation(kind, options, now);
    }

    @Override
    public Optional<BrowserHandle> browser() {
      return Optional.of(at);
    }
  }

  /** The login cannot go on. */
  record Refused(FailureReason reason) implements LoginOutcome {
    @Override
    public LoginSession settle(Running running, Instant now) {
      return running.fail(reason, now);
    }
  }
}
