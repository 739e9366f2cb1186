package ai.pathbound.identities.time;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.ZoneOffset;

/**
 * The clock of the service: UTC in whole milliseconds, as the API and the database tell time, so
 * that an instant reads the same before and after it was stored. A test's own bean takes its place.
 */
final class ServiceClock {
  @Produces
  @DefaultBean
  @ApplicationScoped
  static Clock clock() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }
}
