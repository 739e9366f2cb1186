package ai.pathbound.identities.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Very many generated requests: no 500, every error in the envelope, every answer one that the
 * document allows. {@code -Didentities.fuzz.count=… -Didentities.fuzz.seed=…} for others.
 */
@QuarkusTest
@Tag("faults")
class FuzzTest {
  private static final int COUNT = Integer.getInteger("identities.fuzz.count", 8_000);
  private static final long SEED = Long.getLong("identities.fuzz.seed", 20260429L);
  private static final int AT_ONCE = 16;

  @TestHTTPResource("/")
  URI url;

  private final Queue<String> findings = new ConcurrentLinkedQueue<>();
  private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();

  @Test
  void noRequestGetsAnAnswerThatTheDocumentDoesNotAllow() throws InterruptedException {
    Client client = Client.ofNewTenant();
    List<String[]> known = new ArrayList<>();
    for (String script : List.of("+2fa", "+rejected", "", "+email", "+sms", "+locked")) {
      String identity = client.newIdentity();
      String session = client.loggingIn(identity, "ada" + script + "@example.com");
      client.settled(identity, session);
      known.add(new String[] {identity, session});
    }
    RandomRequests requests =
        new RandomRequests(SEED, url, client.tenant(), ApiDocument.calls(), known);
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Semaphore places = new Semaphore(AT_ONCE);
    for (int i = 0; i < COUNT && findings.size() < 20; i++) {
      RandomRequests.Sent sent = requests.next();
      places.acquire();
      CompletableFuture<HttpResponse<String>> answer =
          http.sendAsync(sent.request(), HttpResponse.BodyHandlers.ofString());
      answer.whenComplete(
          (response, failure) -> {
            try {
              if (failure != null) {
                findings.add(sent + ": " + failure);
              } else {
                check(sent, response);
              }
            } finally {
              places.release();
            }
          });
    }
    places.acquire(AT_ONCE);
    assertEquals(List.of(), List.copyOf(findings), () -> "seed " + SEED);
    Map<Integer, Long> counts = new TreeMap<>();
    answers.forEach((status, count) -> counts.put(status, count.sum()));
    // A generator that only gets refusals would prove little.
    for (int status : new int[] {200, 201, 400, 401, 403, 404, 406, 409, 415, 422}) {
      assertTrue(counts.containsKey(status), () -> "never " + status + ": " + counts);
    }
  }

  private void check(RandomRequests.Sent sent, HttpResponse<String> response) {
    int status = response.statusCode();
    answers.computeIfAbsent(status, s -> new LongAdder()).increment();
    Map<String, String> headers = new TreeMap<>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
    List<String> found =
        AnswerValidator.findings(
            sent.call().method(),
            sent.request().uri().getRawPath(),
            new AnswerValidator.Answer(status, headers, response.body()));
    if (status == 500 || !found.isEmpty()) {
      findings.add(sent + ": " + status + " " + found + " " + response.body());
    }
  }
}
