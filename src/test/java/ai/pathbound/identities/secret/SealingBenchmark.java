package ai.pathbound.identities.secret;

import ai.pathbound.identities.tenant.TenantId;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Sealing and opening of a password, and opening of what a browser held (16 KiB). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealingBenchmark {
  private static final int COOKIES = 16 * 1024;

  private final SecretBox box = SecretBoxTest.box(SecretBoxTest.keys(SecretBoxTest.key("k", 7)));
  private final SealingContext context =
      new SealingContext(new TenantId("acme"), new UUID(1, 2), "login_session.password_sealed");
  private final Secret password = Secret.of("correct horse battery staple");
  private final String sealed = box.seal(password, context);
  private final String sealedCookies = box.seal(Secret.of("x".repeat(COOKIES)), context);

  @Benchmark
  public String sealPassword() {
    return box.seal(password, context);
  }

  @Benchmark
  public Secret openPassword() {
    return box.open(sealed, context);
  }

  @Benchmark
  public Secret openCookies() {
    return box.open(sealedCookies, context);
  }
}
