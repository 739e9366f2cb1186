package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.Awaiting;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.ChallengeRequest;
import ai.pathbound.identities.login.session.LoginSession;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.Verification;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What a person asks of a challenge's page beside answering it. It waits in the login's row for a
 * worker, which takes it out before it presses: once for each time that it was asked for.
 */
@ApplicationScoped
public class ChallengeRequests {
  private final LoginSettings settings;
  private final LoginStateWriter record;

  ChallengeRequests(LoginSettings settings, LoginStateWriter record) {
    this.settings = settings;
    this.record = record;
  }

  /**
   * Has LinkedIn send again. Where the person's time is over already by the database's clock, the
   * login fails instead; the answer is how it stands afterwards.
   *
   * <p>Refuses with {@code not_found}, with {@code resend_unavailable} where nothing can be sent
   * again, and with {@code resend_too_soon} where LinkedIn sent a moment ago or was asked as often
   * as one login may ask.
   */
  public Uni<LoginSnapshot> resend(
      Transaction tx, TenantId tenant, IdentityId identity, SessionId session) {
    return request(
        tx,
        tenant,
        identity,
        session,
        ChallengeRequest.RESEND,
        ChallengeRequests::resendUnavailable,
        (awaiting, now) -> {
          requireResend(awaiting, now);
          return awaiting.resend(now, settings.queueTimeout());
        });
  }

  private void requireResend(Awaiting awaiting, Instant now) {
    if (!awaiting.options().canResend()) {
      throw resendUnavailable();
    }
    if (awaiting.verification().resendsUsedUp()) {
      throw RefusalException.of(
          RefusalException.Kind.TOO_MANY,
          "resend_too_soon",
          "LinkedIn was asked to send again "
              + Verification.MAX_RESENDS
              + " times in this login, which is the limit. Use the newest one, or start a new"
              + " login.");
    }
    Instant from = awaiting.resendAt(settings.resendAfter()).orElseThrow(() -> resendUnavailable());
    Duration wait = Duration.between(now, from);
    if (wait.compareTo(Duration.ZERO) > 0) {
      throw RefusalException.of(
              RefusalException.Kind.TOO_MANY,
              "resend_too_soon",
              "LinkedIn has sent it a moment ago. Ask again when the time in Retry-After is over.")
          .retryAfter(wait);
    }
  }

  /**
   * Has LinkedIn raise another of its challenges; otherwise like {@link #resend}. Refuses with
   * {@code not_found}, and with {@code alternative_unavailable} where the page does not offer it.
   */
  public Uni<LoginSnapshot> choose(
      Transaction tx,
      TenantId tenant,
      IdentityId identity,
      SessionId session,
      ChallengeKind other) {
    return request(
        tx,
        tenant,
        identity,
        session,
        ChallengeRequest.choosing(other),
        ChallengeRequests::alternativeUnavailable,
        (awaiting, now) -> {
          if (!awaiting.options().alternatives().contains(other)) {
            throw alternativeUnavailable();
          }
          return awaiting.choose(other, now, settings.queueTimeout());
        });
  }

  private Uni<LoginSnapshot> request(
      Transaction tx,
      TenantId tenant,
      IdentityId identity,
      SessionId session,
      ChallengeRequest request,
      Supplier<RefusalException> unavailable,
      BiFunction<Awaiting, Instant, LoginSession> ask) {
    return LockedLogin.take(tx, tenant, identity, session)
        .flatMap(
            found -> {
              Awaiting awaiting = found.state().restore().awaiting().orElseThrow(unavailable);
              Instant now = found.now();
              boolean over = awaiting.verification().isOver(now);
              return record
                  .write(
                      tx,
                      new StateChange(
                          found.state(),
                          found.epoch(),
                          over ? awaiting.expire(now) : ask.apply(awaiting, now),
                          now,
                          null,
                          over ? null : request,
                          null))
                  .map(Optional::orElseThrow);
            });
  }

  /** That nothing can be sent again. */
  public static RefusalException resendUnavailable() {
    return RefusalException.of(
        RefusalException.Kind.CONFLICT,
        "resend_unavailable",
        "LinkedIn offers nothing to be sent again now. Ask for the login's status to see what it"
            + " asks for.");
  }

  /** That the challenge is not offered. */
  public static RefusalException alternativeUnavailable() {
    return RefusalException.of(
        RefusalException.Kind.CONFLICT,
        "alternative_unavailable",
        "LinkedIn does not offer that now. Ask for the login's status to see its alternatives.");
  }
}
