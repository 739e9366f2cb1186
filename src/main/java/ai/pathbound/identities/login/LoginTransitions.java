package ai.pathbound.identities.login;

import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.tenant.TenantId;
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

  /** Counts in {@code metrics}. */
  public LoginTransitions(MeterRegistry metrics) {
    this.metrics = metrics;
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
    String before = from.map(LoginStatus::word).orElse(NONE);
    String why = reason.map(FailureReason::word).orElse(NONE);
    metrics
        .counter("identities.login.transitions", "from", before, "to", to.word(), "reason", why)
        .increment();
    LogFields.during(
        tenant,
        session,
        () ->
            LOG.infof(
                "login %s of tenant %s: %s -> %s (%s)", session, tenant, before, to.word(), why));
  }
}
