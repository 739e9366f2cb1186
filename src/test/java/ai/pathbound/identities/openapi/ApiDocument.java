package ai.pathbound.identities.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The API document, as the file of the sources that the program serves. */
final class ApiDocument {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final JsonNode ROOT = read();

  private ApiDocument() {}

  /**
   * One call.
   *
   * @param method in upper case
   * @param path with its parameters in braces
   * @param scope the scope that it needs
   * @param parameters where each parameter stands and its name: {@code query limit}
   * @param fields the names of its body's fields; empty where it takes no body
   * @param operation all that the document says of it
   */
  record ApiCall(
      String method,
      String path,
      String scope,
      Set<String> parameters,
      List<String> fields,
      JsonNode operation) {
    boolean takesBody() {
      return !fields.isEmpty();
    }

    boolean isOf(String parameter) {
      return parameters.contains("path " + parameter);
    }

    List<String> queries() {
      return parameters.stream()
          .filter(parameter -> parameter.startsWith("query "))
          .map(parameter -> parameter.substring("query ".length()))
          .toList();
    }

    Set<Integer> statuses() {
      Set<Integer> statuses = new TreeSet<>();
      operation
          .get("responses")
          .fieldNames()
          .forEachRemaining(s -> statuses.add(Integer.valueOf(s)));
      return statuses;
    }

    /** What it may answer with that status; missing where the document has nothing of it. */
    JsonNode response(int status) {
      return resolved(operation.path("responses").path(Integer.toString(status)));
    }

    /** Of what no test makes there is one id, which nobody was given. */
    String at(String identity, String session) {
      return path.replace("{identity_id}", identity)
          .replace("{session_id}", session)
          .replace("{endpoint_id}", "whe_01jv3ve1twetnar2zsd0c36jyb")
          .replace("{message_id}", "msg_01jv3ve1twetnar2zsd0c36jyb")
          .replace("{link_id}", "cl_01jv3ve1twetnar2zsd0c36jyb");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** The whole document. */
  static JsonNode root() {
    return ROOT;
  }

  /** What a reference of the document leads to; anything else as it is. */
  static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? ROOT.at(node.get("$ref").textValue().substring(1)) : node;
  }

  static List<ApiCall> calls() {
    List<ApiCall> calls = new ArrayList<>();
    ROOT.get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .forEach(
                        entry ->
                            calls.add(
                                call(
                                    entry.getKey(),
                                    path.getKey(),
                                    entry.getValue(),
                                    path.getValue()))));
    return calls;
  }

  private static ApiCall call(String method, String path, JsonNode operation, JsonNode item) {
    Set<String> parameters = new TreeSet<>();
    for (JsonNode holder : List.of(item, operation)) {
      for (JsonNode parameter : holder.path("parameters")) {
        JsonNode found = resolved(parameter);
        parameters.add(found.get("in").textValue() + " " + found.get("name").textValue());
      }
    }
    return new ApiCall(
        method.toUpperCase(Locale.ROOT),
        path,
        operation.at("/security/0/bearer/0").textValue(),
        parameters,
        fields(operation),
        operation);
  }

  private static List<String> fields(JsonNode operation) {
    return fieldsOf(operation.at("/requestBody/content/application~1json/schema"));
  }

  private static List<String> fieldsOf(JsonNode schema) {
    JsonNode found = resolved(schema);
    List<String> fields = new ArrayList<>();
    found.path("properties").fieldNames().forEachRemaining(fields::add);
    found.path("allOf").forEach(part -> fields.addAll(fieldsOf(part)));
    return fields;
  }

  private static JsonNode read() {
    try (InputStream file = ApiDocument.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      return new YAMLMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
