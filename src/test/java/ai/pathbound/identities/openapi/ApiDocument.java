package ai.pathbound.identities.openapi;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The calls that the OpenAPI document of the running program names. */
final class ApiDocument {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private ApiDocument() {}

  /**
   * One call.
   *
   * @param method in upper case
   * @param path with its parameters in braces
   * @param scope the scope that it needs
   * @param statuses what it may answer
   * @param fields the names of its body's fields; empty where it takes no body
   * @param queries the names of its query parameters
   */
  record ApiCall(
      String method,
      String path,
      String scope,
      Set<Integer> statuses,
      List<String> fields,
      List<String> queries) {
    boolean takesBody() {
      return !fields.isEmpty();
    }

    boolean isOf(String parameter) {
      return path.contains("{" + parameter + "}");
    }

    String at(String identity, String session) {
      return path.replace("{identity_id}", identity).replace("{session_id}", session);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static List<ApiCall> calls() {
    JsonPath document =
        given().get("/q/openapi?format=json").then().statusCode(200).extract().jsonPath();
    List<ApiCall> calls = new ArrayList<>();
    Map<String, Map<String, Object>> paths = document.getMap("paths");
    paths.forEach(
        (path, item) -> {
          if (path.startsWith("/v1/")) {
            item.forEach(
                (method, operation) -> {
                  if (METHODS.contains(method)) {
                    calls.add(call(document, path, method, (Map<?, ?>) operation, item));
                  }
                });
          }
        });
    return calls;
  }

  private static ApiCall call(
      JsonPath document, String path, String method, Map<?, ?> operation, Map<?, ?> item) {
    Set<Integer> statuses = new TreeSet<>();
    ((Map<?, ?>) operation.get("responses"))
        .keySet()
        .forEach(status -> statuses.add(Integer.valueOf((String) status)));
    Map<?, ?> security = (Map<?, ?>) ((List<?>) operation.get("security")).get(0);
    String scope = (String) ((List<?>) security.get("bearer")).get(0);
    List<String> queries = new ArrayList<>();
    for (Object holder : new Object[] {operation.get("parameters"), item.get("parameters")}) {
      if (holder instanceof List<?> parameters) {
        for (Object parameter : parameters) {
          if ("query".equals(((Map<?, ?>) parameter).get("in"))) {
            queries.add((String) ((Map<?, ?>) parameter).get("name"));
          }
        }
      }
    }
    return new ApiCall(
        method.toUpperCase(java.util.Locale.ROOT),
        path,
        scope,
        statuses,
        fields(document, operation),
        queries);
  }

  private static List<String> fields(JsonPath document, Map<?, ?> operation) {
    if (!(operation.get("requestBody") instanceof Map<?, ?> body)) {
      return List.of();
    }
    Map<?, ?> json = (Map<?, ?>) ((Map<?, ?>) body.get("content")).get("application/json");
    String reference = (String) ((Map<?, ?>) json.get("schema")).get("$ref");
    String schema = reference.substring(reference.lastIndexOf('/') + 1);
    Map<String, Object> fields = document.getMap("components.schemas." + schema + ".properties");
    return List.copyOf(fields.keySet());
  }
}
