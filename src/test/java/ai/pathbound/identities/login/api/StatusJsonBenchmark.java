package ai.pathbound.identities.login.api;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.json.JsonConventions;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.ChallengeOptions;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Verification;
import ai.pathbound.identities.tenant.TenantId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The JSON of a status answer, from the state of a login that awaits a code. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StatusJsonBenchmark {
  private static final Instant THEN = Instant.ofEpochMilli(1_777_464_000_123L);

  private final ObjectMapper mapper = mapper();
  private final LoginSnapshot login =
      new LoginSnapshot(
          new LoginFacts(
              new TenantId("acme"),
              new SessionId(new UUID(1, 2)),
              new IdentityId(new UUID(3, 4)),
              new ProfileId(new UUID(5, 6)),
              Country.DEFAULT,
              Duration.ofMinutes(10),
              THEN),
          LoginStatus.AWAITING_2FA,
          new Verification(1, Optional.of(THEN), 0, Optional.empty()),
          Optional.of(THEN),
          Optional.of(ChallengeKind.values()[0]),
          ChallengeOptions.NONE,
          false,
          Optional.empty(),
          THEN);

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    new JsonConventions().customize(mapper);
    return mapper;
  }

  @Benchmark
  public String writeStatus() throws JsonProcessingException {
    return mapper.writeValueAsString(LinkedInResponses.Standing.of(login, Duration.ofMinutes(1)));
  }
}
