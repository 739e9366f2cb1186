package ai.pathbound.identities.program;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Single questions to one program. */
final class ProgramClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private ProgramClient() {}

  /** An answer, and how long it took; status 0: none. */
  record Reply(int status, String body, boolean saysWhen, Duration took) {}

  static int live(Program program) {
    return get(program, "/q/health/live").status();
  }

  static int ready(Program program) {
    return get(program, "/q/health/ready").status();
  }

  /** Lists identities, which asks the database. */
  static Reply identities(Program program) {
    return get(program, Client.IDENTITIES);
  }

  private static Reply get(Program program, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(program.url() + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + Tokens.of("asker", "asker", Tokens.BOTH))
            .build();
    long begun = System.nanoTime();
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      return new Reply(
          response.statusCode(),
          response.body(),
          response.headers().firstValue("Retry-After").isPresent(),
          Duration.ofNanos(System.nanoTime() - begun));
    } catch (IOException e) {
      return new Reply(0, e.toString(), false, Duration.ofNanos(System.nanoTime() - begun));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
