package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Connections to the database, with TLS as in production, are reset at any moment of any call and
 * of their own making: each call is answered in time, and none with a fault of our own. {@code
 * -Dresets.seconds=…} goes on for longer.
 */
@Tag("faults")
class ResetsIT {
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("resets.seconds", 15));
  private static final int CLIENTS = 8;
  // For a connection and then for a statement, at identities.database.patience; and a slow machine.
  private static final Duration IN_TIME = Duration.ofSeconds(40);
  // What was asked for is not there, or not yet, since the call before it met a reset.
  private static final Set<Integer> FOR_WANT_OF_THE_ONE_BEFORE = Set.of(404, 409);

  private static final Set<String> ALL_GOOD =
      Set.of(
          "create good",
          "list good",
          "read good",
          "update good",
          "log in good",
          "status good",
          "check good",
          "disconnect good",
          "delete good");
  // A stack trace that a library printed.
  private static final Predicate<String> PAST_THE_LOG =
      Pattern.compile("^(java|io|org)\\.").asPredicate();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Set<String> answers = ConcurrentHashMap.newKeySet();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  @Test
  void everyCallIsAnsweredAndNoneWithAFaultOfOurOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (TlsDatabase database = new TlsDatabase();
        TcpProxy proxy = new TcpProxy(database.port());
        Program migrating = database.migration("init-resets", "localhost", database.authority())) {
      assertEquals(0, migrating.ended());
      meetResets(database, proxy, threads);
    } finally {
      threads.shutdownNow();
    }
  }

  private void meetResets(TlsDatabase database, TcpProxy proxy, ExecutorService threads)
      throws Exception {
    try (Program program =
        Program.start(
            "resets", database.serving("localhost", proxy.port(), database.authority()))) {
      Callable<Void> client =
          () -> {
            while (!stopped) {
              useEveryCall(program);
            }
            return null;
          };
      List<Future<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(client));
      }
      resetAgainAndAgain(proxy);
      // Afterwards, if not before, every call does what it is for.
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> answers.containsAll(ALL_GOOD));
      stopped = true;
      for (Future<Void> one : clients) {
        one.get();
      }
      assertEquals(List.of(), List.copyOf(wrong), program::errors);
      assertTrue(answers.stream().anyMatch(answer -> answer.endsWith(" 503")), answers::toString);
      assertEquals(List.of(), program.log().lines().filter(PAST_THE_LOG).toList());
    }
  }

  private static void resetAgainAndAgain(TcpProxy proxy) throws Exception {
    Random random = new Random();
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < LENGTH.toNanos()) {
      Thread.sleep(random.nextInt(400));
      proxy.refuse();
      Thread.sleep(random.nextInt(100));
      proxy.restore();
    }
  }

  private void useEveryCall(Program program) throws Exception {
    ResetClient caller = new ResetClient(program.url() + Client.IDENTITIES);
    String person = "{\"firstName\":\"Ada\",\"lastName\":\"Lovelace\",\"role\":\"CTO\"}";
    String account = "{\"username\":\"ada+2fa@example.com\",\"password\":\"p\"}";
    String one = "/" + caller.insist("id_", "create", "", person);
    caller.call("list", "GET", "", "");
    caller.call("read", "GET", one, "");
    caller.call("update", "PUT", one, "{\"role\":\"CEO\"}");
    String login = caller.insist("sess_", "log in", one + "/linkedin/login", account);
    caller.call("status", "GET", one + "/linkedin/status/" + login, "");
    caller.call("code", "POST", one + "/linkedin/code/" + login, "{\"code\":\"123456\"}");
    caller.call("check", "GET", one + "/linkedin/check", "");
    caller.call("disconnect", "DELETE", one + "/linkedin", "");
    caller.call("delete", "DELETE", one, "");
  }

  /** One client, at one program. */
  private final class ResetClient {
    private final String identities;

    private ResetClient(String identities) {
      this.identities = identities;
    }

    /** The id that it is answered with, at last; or one that nothing has, when all go home. */
    private String insist(String prefix, String name, String path, String body)
        throws InterruptedException {
      Pattern wanted = Pattern.compile("\"(" + prefix + "\\w+)\"");
      while (!stopped) {
        Matcher id = wanted.matcher(call(name, "POST", path, body));
        if (id.find()) {
          return id.group(1);
        }
      }
      return "none";
    }

    /** The answer, empty where it is not a good one. */
    private String call(String name, String method, String path, String body)
        throws InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(identities + path))
              .timeout(IN_TIME)
              .header("Authorization", "Bearer " + Tokens.of("resets", "resets", Tokens.BOTH))
              .header("Content-Type", "application/json")
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
              .build();
      try {
        return judged(name, http.send(request, BodyHandlers.ofString()));
      } catch (IOException e) {
        wrong.add(name + " " + e);
        return "";
      }
    }

    private String judged(String name, HttpResponse<String> answer) {
      if (answer.statusCode() / 100 == 2) {
        answers.add(name + " good");
        return answer.body();
      }
      answers.add(name + " " + answer.statusCode());
      boolean unavailable =
          answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isPresent();
      if (!unavailable && !FOR_WANT_OF_THE_ONE_BEFORE.contains(answer.statusCode())) {
        wrong.add(name + " " + answer.statusCode() + " " + answer.body());
      }
      return "";
    }
  }
}
