package ai.pathbound.identities.login;

import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.tenant.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The one funnel that logs and counts every change of a login's state, after it was committed. */
@ApplicationScoped
public class LoginTransitions {
  private static final Logger LOG = Logger.getLogger(LoginTransitions.class);
  private static final String NONE = "none";

  private final MeterRegistry metrics;

  public LoginTransitions(MeterRegistry metrics) {
    this.metrics = metrics;
    for (LoginStatus from : LoginStatus.values()) {
      if (!from.isTerminal()) {
        countEnds(from);
      }
    }
  }

  /** Registers counters at 0: Prometheus sees no increase in a series that starts at 1. */
  private void countEnds(LoginStatus from) {
    counter(from.wireName(), LoginStatus.COMPLETED, NONE);
    for (FailureReason reason : FailureReason.values()) {
      counter(from.wireName(), LoginStatus.FAILED, reason.wireName());
    }
  }

  private Counter counter(String from, LoginStatus to, String reason) {
    return metrics.counter(
        "identities.login.transitions", "from", from, "to", to.wireName(), "reason", reason);
  }

  /**
   * A change of state was committed.
   *
   * @param from the state before; empty for a new login
   */
  public void committed(
      TenantId tenant,
      SessionId session,
      Optional<LoginStatus> from,
      LoginStatus to,
      Optional<FailureReason> reason) {
    String before = from.map(LoginStatus::wireName).orElse(NONE);
    String why = reason.map(FailureReason::wireName).orElse(NONE);
    counter(before, to, why).increment();
    LogFields.during(
        tenant,
        session,
        () ->
            LOG.infof(
                "login %s of tenant %s: %s -> %s (%s)",
                session, tenant, before, to.wireName(), why));
  }
}
