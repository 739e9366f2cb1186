package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.Event;
import ai.pathbound.identities.webhook.EventType;
import ai.pathbound.identities.webhook.Events;
import ai.pathbound.identities.webhook.Events.Publication;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Publishes what happens to logins and stored sessions, in the transaction in which it happens. */
@ApplicationScoped
class LoginEvents {
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();
  private static final String UNDER_WAY =
      """
      select id, profile_id, version + 1 as version from login_session
      where tenant_id = $1 and identity_id = $2 and finished_at is null
      for update
      """;

  private final Events events;

  LoginEvents(Events events) {
    this.events = events;
  }

  /**
   * A login's row was written.
   *
   * @param version the row's since, by which a receiver orders: the number of the call's ETag
   */
  Uni<Void> changed(
      Statements transaction, LoginSnapshot before, LoginSnapshot after, long version) {
    return change(before, after, version)
        .map(news -> events.publish(transaction, news.tenant(), news.event()))
        .orElse(NOTHING);
  }

  /** What is told of such a change; a look at a challenge that found nothing new is no news. */
  static Optional<Publication> change(LoginSnapshot before, LoginSnapshot after, long version) {
    return after.equals(before)
        ? Optional.empty()
        : type(after).map(type -> new Publication(tenant(after), event(type, after, version)));
  }

  /** LinkedIn no longer honours the session that the login went on with; it was erased. */
  static Publication expiry(LoginFacts facts) {
    return new Publication(
        facts.tenant(), event(EventType.SESSION_EXPIRED, facts).status("expired"));
  }

  /** Publishes all of that. */
  Uni<Void> publish(Statements transaction, List<Publication> news) {
    return events.publish(transaction, news);
  }

  /** LinkedIn no longer honours the stored session, as looks found; it was erased. */
  Uni<Void> expired(
      Statements transaction, TenantId tenant, IdentityId identity, ProfileId profile) {
    return events.publish(
        transaction,
        tenant,
        Event.of(EventType.SESSION_EXPIRED).identity(identity).profile(profile).status("expired"));
  }

  /** A caller of the API gave the stored session up. */
  Uni<Void> disconnected(
      Statements transaction, TenantId tenant, IdentityId identity, ProfileId profile) {
    return events.publish(
        transaction,
        tenant,
        Event.of(EventType.SESSION_DISCONNECTED)
            .identity(identity)
            .profile(profile)
            .status("disconnected"));
  }

  /**
   * The identity is about to go; a login under way goes with it, and no worker will write its row.
   */
  Uni<Void> deleting(Statements transaction, TenantId tenant, IdentityId identity) {
    return transaction
        .select(UNDER_WAY, List.of(tenant.value(), identity.uuid()))
        .flatMap(
            rows ->
                rows.isEmpty()
                    ? NOTHING
                    : events.publish(transaction, tenant, cancelled(identity, rows.get(0))));
  }

  private static Event cancelled(IdentityId identity, Object[] row) {
    return Event.of(EventType.LOGIN_FAILED)
        .identity(identity)
        .session(new SessionId((UUID) row[0]))
        .profile(new ProfileId((UUID) row[1]))
        .status(LoginStatus.FAILED.wireName())
        .error(FailureReason.CANCELLED.wireName())
        .sequence(((Number) row[2]).longValue());
  }

  private static Optional<EventType> type(LoginSnapshot after) {
    return switch (after.status()) {
      case AWAITING_2FA, AWAITING_EMAIL -> Optional.of(EventType.LOGIN_AWAITING);
      case COMPLETED -> Optional.of(EventType.LOGIN_COMPLETED);
      case FAILED -> Optional.of(EventType.LOGIN_FAILED);
      case QUEUED, RUNNING -> Optional.empty();
    };
  }

  private static Event event(EventType type, LoginSnapshot after, long version) {
    Event event = event(type, after.facts()).status(after.status().wireName());
    if (after.challenge().isPresent()) {
      event = event.challenge(after.challenge().get().wireName());
    }
    if (after.failure().isPresent()) {
      event = event.error(after.failure().get().wireName());
    }
    return event.sequence(version);
  }

  private static Event event(EventType type, LoginFacts facts) {
    return Event.of(type)
        .identity(facts.identity())
        .session(facts.session())
        .profile(facts.profile());
  }

  private static TenantId tenant(LoginSnapshot login) {
    return login.facts().tenant();
  }
}
