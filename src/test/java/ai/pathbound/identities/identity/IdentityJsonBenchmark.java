package ai.pathbound.identities.identity;

import ai.pathbound.identities.json.JsonBody;
import ai.pathbound.identities.json.JsonConventions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The JSON of the identity calls: an answer with one, a page of 50, and the body of a create. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IdentityJsonBenchmark {
  private static final int PAGE = 50;

  private final ObjectMapper mapper = mapper();
  private final JsonBody bodies = new JsonBody(mapper);
  private final IdentityView identity =
      new IdentityView(
          "id_01jzv0v5z5f0jv7n9g4x8r6w2q",
          "Ada",
          "Lovelace",
          "CTO",
          "CTO",
          new IdentityView.LinkedIn(
              "li_01jzv0v5z5f0jv7n9g4x8r6w2q",
              true,
              "US",
              Instant.ofEpochMilli(1_777_464_000_123L),
              Instant.ofEpochMilli(1_777_464_000_123L),
              false),
          Instant.ofEpochMilli(1_777_464_000_000L),
          Instant.ofEpochMilli(1_777_464_000_123L));
  private final IdentityResponses.One one = IdentityResponses.One.of(identity);
  private final IdentityResponses.Many page =
      IdentityResponses.Many.page(Collections.nCopies(PAGE + 1, identity), PAGE);
  private final byte[] body =
      "{\"firstName\":\"Ada\",\"lastName\":\"Lovelace\",\"role\":\"CTO\"}"
          .getBytes(StandardCharsets.UTF_8);

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    new JsonConventions().customize(mapper);
    return mapper;
  }

  @Benchmark
  public byte[] writeOne() throws JsonProcessingException {
    return mapper.writeValueAsBytes(one);
  }

  @Benchmark
  public byte[] writePage() throws JsonProcessingException {
    return mapper.writeValueAsBytes(page);
  }

  @Benchmark
  public Object readBody() {
    return bodies.read(body, IdentityBody.class).asNew();
  }
}
