package ai.pathbound.identities.id;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Making, writing and reading of ids. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IdBenchmark {
  private final Ids ids = new Ids(Clock.systemUTC());
  private final IdentityId id = ids.identity();
  private final String text = id.toString();

  @Benchmark
  public IdentityId make() {
    return ids.identity();
  }

  @Benchmark
  public String write() {
    return id.toString();
  }

  @Benchmark
  public Optional<IdentityId> read() {
    return IdentityId.parse(text);
  }
}
