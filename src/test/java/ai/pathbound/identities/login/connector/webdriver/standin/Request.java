package ai.pathbound.identities.login.connector.webdriver.standin;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One request at the stand-in, and the answer to it. */
final class Request {
  private final HttpExchange http;
  private final Map<String, String> form = new HashMap<>();
  private final Map<String, String> cookies = new HashMap<>();

  Request(HttpExchange http) {
    this.http = http;
    // Chromium itself sends a request again that a kept connection did not answer.
    http.getResponseHeaders().set("Connection", "close");
    try {
      String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      for (String pair : (body + "&" + query()).split("&")) {
        String[] nameAndValue = pair.split("=", 2);
        if (nameAndValue.length == 2) {
          form.put(decode(nameAndValue[0]), decode(nameAndValue[1]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> headers = http.getRequestHeaders().getOrDefault("Cookie", List.of());
    for (String pair : String.join("; ", headers).split("; *")) {
      String[] nameAndValue = pair.split("=", 2);
      if (nameAndValue.length == 2) {
        cookies.put(nameAndValue[0], nameAndValue[1]);
      }
    }
  }

  static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String path() {
    return http.getRequestURI().getPath();
  }

  String query() {
    String query = http.getRequestURI().getRawQuery();
    return query == null ? "" : query;
  }

  /** Path and query. */
  String address() {
    return http.getRequestURI().toString();
  }

  String host() {
    String host = http.getRequestHeaders().getFirst("Host");
    return host == null ? "" : host;
  }

  Map<String, String> form() {
    return form;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  void cookie(String cookie) {
    http.getResponseHeaders().add("Set-Cookie", cookie);
  }

  void redirect(String to) throws IOException {
    http.getResponseHeaders().set("Location", to);
    http.sendResponseHeaders(302, -1);
  }

  void answer(int status, String text) throws IOException {
    String type = text.startsWith("<") ? "text/html" : "text/plain";
    http.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    http.getResponseHeaders().set("Cache-Control", "no-store");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    http.getResponseBody().write(bytes);
  }

  /** Answers with a script, which a browser imports only if it is called one. */
  void script(String script) throws IOException {
    http.getResponseHeaders().set("Content-Type", "text/javascript; charset=utf-8");
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    http.sendResponseHeaders(200, bytes.length);
    http.getResponseBody().write(bytes);
  }

  /** Breaks off without an answer; a browser may then ask again by itself. */
  void drop() {
    http.close();
  }
}
