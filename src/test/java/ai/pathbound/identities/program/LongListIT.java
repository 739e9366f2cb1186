package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.ListReader;
import ai.pathbound.identities.ManyIdentities;
import ai.pathbound.identities.Tokens;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists of a size that no replica could hold in its memory. What it takes is printed. */
@Tag("faults")
class LongListIT {
  private static final int MILLION = 1_000_000;
  private static final List<String> LITTLE_HEAP = List.of("-Xmx96m");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration WINDOW = Duration.ofSeconds(3);
  private static final String LARGE = "tenant-" + UUID.randomUUID();
  private static final String OTHER = "tenant-" + UUID.randomUUID();
  private static final String SHORT = "tenant-" + UUID.randomUUID();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static ProductionEnvironment surroundings;

  @BeforeAll
  static void makeThem() throws Exception {
    surroundings = ProductionEnvironment.start(Map.of());
    ManyIdentities.make(surroundings.owner(), LARGE, MILLION);
    ManyIdentities.make(surroundings.owner(), OTHER, MILLION / 10);
    ManyIdentities.make(surroundings.owner(), SHORT, MILLION / 50);
  }

  @AfterAll
  static void close() {
    surroundings.close();
  }

  private static void awaitNoList() {
    Awaitility.await().atMost(SOON).until(() -> surroundings.count(ManyIdentities.LISTS) == 0);
  }

  private static void awaitReaders(int number) {
    Awaitility.await()
        .atMost(SOON)
        .until(() -> surroundings.count(ManyIdentities.READERS) == number);
  }

  private static int port(Program program) {
    return URI.create(program.url()).getPort();
  }

  private static HttpRequest request(Program program, String tenant, String path) {
    return HttpRequest.newBuilder(URI.create(program.url() + path))
        .header("Authorization", "Bearer " + Tokens.of(tenant, "reader", Tokens.BOTH))
        .build();
  }

  /** How many identities the list holds; it is JSON to its end, and in the order of the ids. */
  private static int read(InputStream list, Runnable everyHundredThousand) throws IOException {
    int number = 0;
    String before = "";
    try (JsonParser json = new JsonFactory().createParser(list)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME && json.currentName().equals("identity_id")) {
          String id = json.nextTextValue();
          assertTrue(id.compareTo(before) > 0, id + " comes behind " + before);
          before = id;
          if (++number % 100_000 == 0) {
            everyHundredThousand.run();
          }
        }
      }
    }
    return number;
  }

  @Test
  void aMillionAreListedOnALittleHeap() throws Exception {
    try (Program program = Program.start("long-list", surroundings.environment(), LITTLE_HEAP)) {
      ResidentMemory memory = ResidentMemory.of(program);
      // What the first one left behind, the second one would add to.
      for (int i = 0; i < 2; i++) {
        long begun = System.nanoTime();
        List<Long> seen = new ArrayList<>();
        var answer =
            HTTP.send(request(program, LARGE, Client.IDENTITIES), BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        assertEquals(MILLION, read(answer.body(), () -> seen.add(memory.mebibytes())));
        System.out.printf(
            "1,000,000 identities in %d ms; resident MiB at every tenth: %s%n",
            Duration.ofNanos(System.nanoTime() - begun).toMillis(), seen);
      }
      assertFalse(program.log().contains("OutOfMemoryError"), program.log());
      assertEquals("", program.errors());
    }
  }

  @Test
  void slowReadersHoldUpNobodyElse() throws Exception {
    try (Program program = Program.start("slow-readers", surroundings.environment(), LITTLE_HEAP)) {
      String path = Client.IDENTITIES + "/" + firstOf(program, OTHER);
      Latencies.of(program, request(program, OTHER, path), WINDOW);
      System.out.println("GET by id, alone: " + measured(program, path));
      try (SlowReaders readers = new SlowReaders(port(program), List.of(LARGE, OTHER))) {
        // A quarter of the 20 connections.
        awaitReaders(5);
        System.out.println("GET by id, beside ten slow readers: " + measured(program, path));
        // Who was refused asks again just now, perhaps; who reads beside these would go on.
        awaitReaders(5);
        System.out.println(readers);
      }
      awaitNoList();
      System.out.println("GET by id, alone again: " + measured(program, path));
      assertEquals("", program.errors());
    }
  }

  private static Latencies measured(Program program, String path) throws Exception {
    Latencies latencies = Latencies.of(program, request(program, OTHER, path), WINDOW);
    assertEquals(0, latencies.failed());
    return latencies;
  }

  private static String firstOf(Program program, String tenant) throws Exception {
    var page =
        HTTP.send(
            request(program, tenant, Client.IDENTITIES + "?limit=1"), BodyHandlers.ofString());
    return JsonPath.from(page.body()).getString("identities[0].identity_id");
  }

  @Test
  void aStoppingReplicaLetsAListEndButDoesNotWaitForItForEver() throws Exception {
    var settings = new HashMap<>(surroundings.environment());
    settings.put("QUARKUS_SHUTDOWN_DELAY", "1s");
    settings.put("QUARKUS_SHUTDOWN_TIMEOUT", "8s");
    Program program = Program.start("long-list-sigterm", settings, LITTLE_HEAP);
    try (program;
        ListReader whole = new ListReader(port(program), SHORT);
        ListReader stuck = new ListReader(port(program), LARGE)) {
      assertTrue(whole.readChunk());
      awaitReaders(2);
      program.process().destroy();
      assertTrue(whole.readsToItsEnd(), "a list under way is broken off though there was time");
      program.ended();
      assertFalse(stuck.readsToItsEnd(), "it looks like a shorter list");
      awaitNoList();
      assertEquals("", program.errors());
    }
  }

  /** Ten clients that take 100 kB a second each, and try again where they are refused. */
  private static final class SlowReaders implements AutoCloseable {
    private static final int NUMBER = 10;
    private static final int BYTES = 5_000;
    private static final long PAUSE_MILLIS = 50;

    private final ExecutorService threads = Executors.newFixedThreadPool(NUMBER);
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean over;

    SlowReaders(int port, List<String> tenants) {
      for (int i = 0; i < NUMBER; i++) {
        String tenant = tenants.get(i % tenants.size());
        threads.submit(
            () -> {
              while (!over) {
                read(port, tenant);
              }
              return null;
            });
      }
    }

    private void read(int port, String tenant) throws Exception {
      try (ListReader reader = new ListReader(port, tenant)) {
        if (reader.head().startsWith("HTTP/1.1 429 ")) {
          refused.incrementAndGet();
          return;
        }
        reading.incrementAndGet();
        while (!over && reader.skip(BYTES) > 0) {
          // This is how slow they are, not what the test waits for.
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    }

    @Override
    public String toString() {
      return reading + " lists were begun, " + refused + " were refused";
    }

    @Override
    public void close() {
      over = true;
      threads.shutdown();
      Awaitility.await().atMost(SOON).until(threads::isTerminated);
    }
  }

  /** How long single questions took, of four clients that ask one after the other. */
  private record Latencies(int number, int failed, double median, double p99, double longest) {
    static Latencies of(Program program, HttpRequest request, Duration time) throws Exception {
      int clients = 4;
      ExecutorService threads = Executors.newFixedThreadPool(clients);
      CountDownLatch go = new CountDownLatch(1);
      AtomicInteger failed = new AtomicInteger();
      List<Future<List<Long>>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(
            threads.submit(
                () -> {
                  go.await();
                  List<Long> took = new ArrayList<>();
                  long end = System.nanoTime() + time.toNanos();
                  for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                    if (HTTP.send(request, BodyHandlers.discarding()).statusCode() != 200) {
                      failed.incrementAndGet();
                    }
                    took.add(System.nanoTime() - begun);
                  }
                  return took;
                }));
      }
      go.countDown();
      List<Long> took = new ArrayList<>();
      for (Future<List<Long>> one : all) {
        took.addAll(one.get());
      }
      threads.shutdown();
      took.sort(null);
      return new Latencies(
          took.size(), failed.get(), millis(took, 0.5), millis(took, 0.99), millis(took, 1));
    }

    private static double millis(List<Long> sorted, double share) {
      return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share)) / 1e6;
    }

    @Override
    public String toString() {
      return String.format(
          "%d calls, p50 %.2f ms, p99 %.2f ms, longest %.1f ms", number, median, p99, longest);
    }
  }
}
