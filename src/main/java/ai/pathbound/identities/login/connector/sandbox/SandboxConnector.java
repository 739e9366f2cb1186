package ai.pathbound.identities.login.connector.sandbox;

import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.LoginStart;
import ai.pathbound.identities.login.connector.OpenBrowser;
import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plays logins instead of doing them: the tags in the username say what happens, any password will
 * do, nothing leaves the process. There is no browser; the handle itself holds the rest of the
 * scenario, so that any replica can go on with it.
 */
@ApplicationScoped
@Identifier("sandbox")
public class SandboxConnector implements LinkedInConnector {
  private static final Secret RIGHT_CODE = Secret.of("123456");
  private static final LoginOutcome NOT_HONOURED =
      new LoginOutcome.Refused(FailureReason.SESSION_EXPIRED);

  private final Clock clock;
  private final ScenarioPlayer player;
  private final Set<Country> unavailable;

  /**
   * Plays by {@code settings}, in the time of {@code clock}.
   *
   * @throws ConfigurationException where an unavailable country is none
   */
  public SandboxConnector(SandboxSettings settings, Clock clock) {
    this.clock = clock;
    this.player = new ScenarioPlayer(settings, clock);
    this.unavailable =
        settings.unavailableCountries().orElse(Set.of()).stream()
            .map(SandboxConnector::requireCountry)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean reaches(Country country) {
    return !unavailable.contains(country);
  }

  @Override
  public Uni<LoginOutcome> begin(LoginStart start, LoginJournal journal) {
    if (start.session().isPresent()) {
      StoredSession stored = start.session().get();
      return Uni.createFrom()
          .item(() -> Scenario.returning(SandboxSession.of(stored), clock.instant()))
          .chain(scenario -> writeDownAndPlay(scenario, journal));
    }
    if (start.bringsCookie()) {
      return journal
          .browserAt(Scenario.NOTHING_TYPED)
          .chain(journal::takeSessionCookie)
          .chain(
              cookie ->
                  SandboxUsername.ofCookie(cookie.session())
                      .map(
                          name ->
                              writeDownAndPlay(Scenario.brought(name, clock.instant()), journal))
                      .orElseGet(() -> Uni.createFrom().item(NOT_HONOURED)));
    }
    return journal
        .takePassword(Scenario.NOTHING_TYPED)
        .map(this::type)
        .chain(
            scenario ->
                scenario.isOver() ? player.play(scenario) : writeDownAndPlay(scenario, journal));
  }

  @Override
  public Uni<LoginOutcome> answer(BrowserHandle browser, LoginJournal journal) {
    return Uni.createFrom()
        .item(() -> Scenario.in(browser))
        .chain(
            scenario -> {
              Optional<Step> step =
                  scenario
                      .flatMap(Scenario::step)
                      .filter(
                          asked ->
                              asked.challenge().filter(ChallengeKind::asksForCode).isPresent());
              return step.isPresent()
                  ? answer(scenario.get(), step.get(), journal)
                  : playIfAny(scenario);
            });
  }

  @Override
  public Uni<LoginOutcome> resend(BrowserHandle browser, LoginJournal journal) {
    return Uni.createFrom()
        .item(() -> Scenario.in(browser))
        .chain(
            scenario ->
                scenario
                        .flatMap(Scenario::step)
                        .filter(step -> step.options().canResend())
                        .isPresent()
                    ? journal.takeRequest().chain(() -> playIfAny(scenario))
                    : playIfAny(scenario));
  }

  @Override
  public Uni<LoginOutcome> choose(
      BrowserHandle browser, ChallengeKind other, LoginJournal journal) {
    return Uni.createFrom()
        .item(() -> Scenario.in(browser))
        .chain(
            scenario ->
                scenario
                    .flatMap(Scenario::step)
                    .flatMap(step -> step.instead(other))
                    .map(
                        step ->
                            journal
                                .takeRequest()
                                .chain(
                                    () ->
                                        writeDownAndPlay(
                                            scenario.get().instead(step, clock.instant()),
                                            journal)))
                    .orElseGet(() -> playIfAny(scenario)));
  }

  @Override
  public Uni<LoginOutcome> look(BrowserHandle browser, SessionJournal journal) {
    return Uni.createFrom().item(() -> Scenario.in(browser)).chain(this::playIfAny);
  }

  @Override
  public Uni<Boolean> check(SessionUse use, SessionJournal journal) {
    return Uni.createFrom()
        .item(() -> SandboxSession.of(use.session()))
        .map(
            session -> {
              if (session.outOfReach()) {
                throw new IllegalStateException("LinkedIn is out of reach, as the username asks");
              }
              return !session.ended();
            });
  }

  @Override
  public Uni<Boolean> signOut(SessionUse use, SessionJournal journal) {
    return Uni.createFrom().item(true);
  }

  @Override
  public Uni<Optional<StoredSession>> retrieve(BrowserHandle browser) {
    return Uni.createFrom().item(Optional.empty());
  }

  @Override
  public Uni<Void> abandon(BrowserHandle browser) {
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<List<OpenBrowser>> openBrowsers() {
    return Uni.createFrom().item(List.of());
  }

  private Scenario type(Credentials.Password credentials) {
    return Scenario.of(SandboxUsername.of(credentials.username()), clock.instant());
  }

  private Uni<LoginOutcome> answer(Scenario scenario, Step step, LoginJournal journal) {
    return journal
        .takeCode()
        .chain(
            code -> {
              boolean right = code.equals(RIGHT_CODE);
              Instant now = clock.instant();
              return right
                  ? writeDownAndPlay(scenario.next(now, now), journal)
                  : ScenarioPlayer.found(
                      new LoginOutcome.CodeRequired(
                          step.challenge().orElseThrow(),
                          true,
                          step.options(),
                          scenario.browser()));
            });
  }

  private Uni<LoginOutcome> writeDownAndPlay(Scenario scenario, LoginJournal journal) {
    return journal.browserAt(scenario.browser()).chain(() -> player.play(scenario));
  }

  private Uni<LoginOutcome> playIfAny(Optional<Scenario> scenario) {
    return scenario
        .map(player::play)
        .orElseGet(() -> ScenarioPlayer.refused(FailureReason.INTERRUPTED));
  }

  private static Country requireCountry(String code) {
    return Country.parse(code)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "identities.linkedin.sandbox.unavailable-countries names '"
                        + code
                        + "', which is no ISO 3166-1 alpha-2 code."));
  }
}
