package ai.pathbound.identities.auth;

import ai.pathbound.identities.Tokens;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The check of an access token: remembered, and verified anew with RS256 or ES256. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenCheckBenchmark {
  private static final int REMEMBERED = 100;

  private final TokenReader remembering = new TokenReader(remembered(REMEMBERED));
  private final TokenReader forgetting = new TokenReader(remembered(0));
  private final JWTAuthContextInfo settings = settings();
  private final String rs256 =
      TokenKeys.sign(TokenKeys.rsa(), HostileTokens.goodHeader(), HostileTokens.goodClaims());
  private final String es256 =
      TokenKeys.sign(
          TokenKeys.ec(),
          Map.of("alg", "ES256", "kid", TokenKeys.ec().getKeyId(), "typ", "at+jwt"),
          HostileTokens.goodClaims());

  private static TokenSettings remembered(int number) {
    return new SmallRyeConfigBuilder()
        .withMapping(TokenSettings.class)
        .withDefaultValue("identities.tokens.remembered", Integer.toString(number))
        .build()
        .getConfigMapping(TokenSettings.class);
  }

  private static JWTAuthContextInfo settings() {
    JWTAuthContextInfo settings = new JWTAuthContextInfo();
    settings.setPublicKeyContent(TokenKeys.set(TokenKeys.rsa(), TokenKeys.ec()));
    settings.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256));
    settings.setIssuedBy(Tokens.ISSUER);
    settings.setExpectedAudience(Set.of(Tokens.AUDIENCE));
    return settings;
  }

  @Benchmark
  public JWTCallerPrincipal remembered() throws ParseException {
    return remembering.parse(rs256, settings);
  }

  @Benchmark
  public JWTCallerPrincipal verifiedRs256() throws ParseException {
    return forgetting.parse(rs256, settings);
  }

  @Benchmark
  public JWTCallerPrincipal verifiedEs256() throws ParseException {
    return forgetting.parse(es256, settings);
  }
}
