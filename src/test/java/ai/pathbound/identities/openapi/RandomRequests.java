package ai.pathbound.identities.openapi;

import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.openapi.ApiDocument.ApiCall;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes requests of the calls of a document: mostly nearly right, by one seed always the same. */
final class RandomRequests {
  private static final List<String> TEXTS =
      List.of(
          "Ada",
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "\uD83D\uDD11",
          "\u202E",
          "x".repeat(101),
          "x".repeat(1025),
          "123456",
          "000000",
          "ABC",
          "' or 1=1 --",
          "${x}",
          "US",
          "us",
          "AQ",
          "ZZ",
          "ada@example.com",
          "ada+2fa@example.com",
          "ada+sms@example.com",
          "ada+email@example.com",
          "ada+rejected@example.com",
          "ada+locked+2fa@example.com",
          "ada+down@example.com",
          "+",
          "@",
          "null",
          "true",
          "1e9",
          "\ud800");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "600",
          "3600",
          "3601",
          "-1",
          "1.5",
          "1e400",
          "-0",
          "99999999999999999999",
          "[]",
          "{}",
          "[1]",
          "{\"a\":{}}",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "NaN",
          "01",
          "'x'",
          "");
  private static final List<String> KEYS = List.of("k1", "k2", "k3", "%20", "x".repeat(256), "ü?");
  private static final List<String> PREFER =
      List.of("wait=0", "wait", "wait=x", "wait=-1", "respond-async", "wait=0, wait=0", ";;", "=");
  private static final List<String> ACCEPT =
      List.of(
          "*/*", "application/json", "application/*;q=0.1", "text/html", "x", "application/xml");
  private static final List<String> TYPES =
      List.of(
          "application/json;charset=UTF-8",
          "text/plain",
          "application/x-www-form-urlencoded",
          "x/y");

  private final Random random;
  private final URI url;
  private final List<ApiCall> calls;
  private final List<String[]> known;
  private final String both;
  private final String read;
  private final String write;
  private final String foreign;

  RandomRequests(long seed, URI url, String tenant, List<ApiCall> calls, List<String[]> known) {
    this.random = new Random(seed);
    this.url = url;
    this.calls = calls;
    this.known = known;
    this.both = Tokens.of(tenant, "fuzz", Tokens.ALL);
    this.read = Tokens.of(tenant, "fuzz", "identities:read");
    this.write = Tokens.of(tenant, "fuzz", "identities:write");
    this.foreign = Tokens.of(tenant + "-other", "fuzz", Tokens.ALL);
  }

  /** A request and what it is one of. */
  record Sent(ApiCall call, HttpRequest request, String body) {
    @Override
    public String toString() {
      return call
          + " "
          + request.uri()
          + " "
          + request.headers().map()
          + " "
          + (body == null ? "" : body.substring(0, Math.min(300, body.length())));
    }
  }

  Sent next() {
    ApiCall call = any(calls);
    String[] ids = any(known);
    String identity = rarely(15) ? badId(ids[0]) : ids[0];
    String session = rarely(15) ? badId(ids[1]) : rarely(20) ? any(known)[1] : ids[1];
    String path = call.at(identity, session);
    // What all others work on must stay for a while.
    if (call.method().equals("DELETE") && path.endsWith(ids[0])) {
      path = call.at(badId(ids[0]), session);
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path + query(call)));
    token(request);
    maybe(request, 10, "Accept", ACCEPT);
    maybe(request, 10, "Prefer", PREFER);
    if (call.method().equals("POST")) {
      maybe(request, 20, "Idempotency-Key", KEYS.subList(0, KEYS.size() - 1));
    }
    String body = call.takesBody() ? body(call) : null;
    if (body != null) {
      request.header("Content-Type", rarely(4) ? any(TYPES) : "application/json");
    }
    request.method(
        call.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return new Sent(call, request.build(), body);
  }

  private void token(HttpRequest.Builder request) {
    int chance = random.nextInt(100);
    if (chance < 2) {
      return;
    }
    String token =
        chance < 4
            ? "x.y.z"
            : chance < 6 ? read : chance < 8 ? write : chance < 10 ? foreign : both;
    request.header("Authorization", "Bearer " + token);
  }

  private String query(ApiCall call) {
    return call.queries().stream()
        .filter(name -> rarely(40))
        .map(
            name ->
                name
                    + "="
                    + encoded(
                        rarely(50)
                            ? any(known)[0]
                            : any(
                                List.of(
                                    "1",
                                    "7",
                                    "0",
                                    "x",
                                    "-1",
                                    "1000",
                                    "1001",
                                    "99999999999",
                                    "aud_01jv3ve1twetnar2zsd0c36jyb"))))
        .collect(Collectors.joining("&", "?", ""));
  }

  private String badId(String id) {
    return switch (random.nextInt(6)) {
      case 0 -> "id_01jv3ve1twetnar2zsd0c36jyb";
      case 1 -> "sess_01jv3ve1twetnar2zsd0c36jyb";
      case 2 -> id.substring(0, id.length() - 1);
      case 3 -> id.toUpperCase(java.util.Locale.ROOT);
      case 4 -> encoded("é" + random.nextInt());
      default -> "x".repeat(1 + random.nextInt(300));
    };
  }

  private String body(ApiCall call) {
    if (rarely(3)) {
      return any(
          List.of(
              "",
              " ",
              "null",
              "[]",
              "\"x\"",
              "{",
              "{}",
              "}",
              "{\"a\":1}{}",
              "\u0000",
              "[".repeat(2000)));
    }
    if (random.nextInt(1000) == 0) {
      return "{\"" + call.fields().get(0) + "\":\"" + "x".repeat(70_000) + "\"}";
    }
    String body =
        call.fields().stream()
            .filter(field -> !rarely(15))
            .map(field -> "\"" + field + "\":" + value(field))
            .collect(Collectors.joining(",", "{", rarely(5) ? ",\"more\":[{}]}" : "}"));
    if (rarely(2)) {
      return body.substring(0, random.nextInt(body.length() + 1));
    }
    return body;
  }

  private String value(String field) {
    if (rarely(8)) {
      return any(VALUES);
    }
    if (rarely(12)) {
      return quoted(any(TEXTS));
    }
    return switch (field) {
      case "max_verification_wait_time" -> "60";
      case "country" -> "\"US\"";
      case "code" -> rarely(50) ? "\"123456\"" : "\"999999\"";
      case "username" -> quoted(TEXTS.get(18 + random.nextInt(7)));
      default -> "\"Same\"";
    };
  }

  private static String quoted(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0000", "\\u0000")
        + "\"";
  }

  private void maybe(HttpRequest.Builder request, int percent, String name, List<String> values) {
    if (rarely(percent)) {
      request.header(name, any(values));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private boolean rarely(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
