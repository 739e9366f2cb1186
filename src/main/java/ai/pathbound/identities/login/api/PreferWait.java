package ai.pathbound.identities.login.api;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.store.LoginSignals;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.login.store.LoginStore.VersionedLogin;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Prefer: wait=N} (RFC 7240): holds an answer until there is something to tell. Measured by
 * the JVM's running time, as every wait of a client is, not by the clock on the wall.
 */
@ApplicationScoped
class PreferWait {
  /** The header. */
  static final String PREFER = "Prefer";

  /** The header that says what was honoured. */
  static final String APPLIED = "Preference-Applied";

  /** That it is no longer a worker's turn. */
  static final Predicate<VersionedLogin> PERSONS_TURN =
      login -> !login.state().status().isWorkersTurn();

  private static final int MAX_SECONDS = 60;
  private static final Pattern WAIT =
      Pattern.compile("(?:^|,)\\s*wait\\s*=\\s*\"?(\\d+)\"?\\s*(?=$|[,;])");
  // Notifications can be lost: between them we look.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final LoginStore logins;
  private final LoginSignals signals;

  PreferWait(LoginStore logins, LoginSignals signals) {
    this.logins = logins;
    this.signals = signals;
  }

  /** How long a client wants to wait, at most a minute; empty where it did not say (sensibly). */
  static Optional<Duration> preferred(List<String> headers) {
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    Matcher wait = WAIT.matcher(String.join(",", headers).toLowerCase(Locale.ROOT));
    return wait.find() ? Optional.of(Duration.ofSeconds(seconds(wait.group(1)))) : Optional.empty();
  }

  private static long seconds(String digits) {
    return digits.length() > 9 ? MAX_SECONDS : Math.min(MAX_SECONDS, Long.parseLong(digits));
  }

  /** How the login stands once {@code enough}, or after {@code atMost}. */
  Uni<VersionedLogin> until(
      TenantId tenant,
      IdentityId identity,
      SessionId session,
      Duration atMost,
      Predicate<VersionedLogin> enough) {
    if (atMost.isZero()) {
      return logins.require(tenant, identity, session);
    }
    return Uni.createFrom()
        .deferred(
            () -> {
              LoginSignals.Watch watch = signals.watch(session);
              long end = System.nanoTime() + atMost.toNanos();
              return look(() -> logins.require(tenant, identity, session), watch, end, enough)
                  .onTermination()
                  .invoke(watch::close);
            });
  }

  private Uni<VersionedLogin> look(
      Supplier<Uni<VersionedLogin>> login,
      LoginSignals.Watch watch,
      long end,
      Predicate<VersionedLogin> enough) {
    return login
        .get()
        .flatMap(
            found -> {
              Duration left = Duration.ofNanos(end - System.nanoTime());
              boolean over = left.isNegative() || left.isZero() || signals.isStopping();
              if (over || enough.test(found)) {
                return Uni.createFrom().item(found);
              }
              Duration pause = left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
              return watch.next(pause).flatMap(changed -> look(login, watch, end, enough));
            });
  }
}
