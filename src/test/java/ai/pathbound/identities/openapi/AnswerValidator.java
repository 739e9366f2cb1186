package ai.pathbound.identities.openapi;

import ai.pathbound.identities.openapi.ApiDocument.ApiCall;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Compares answers of the API with the document: status, headers, content type, and the body by its
 * JSON Schema 2020-12.
 */
final class AnswerValidator {
  private static final String API = "/v1/";
  private static final String SCHEMA = "schema";
  private static final JsonNode ERROR = ApiDocument.root().at("/components/schemas/Error");

  /** What the HTTP server answers to what it cannot read as a request. */
  private static final Set<Integer> BEFORE_ANY_CALL = Set.of(414, 431);

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final String COMPONENTS = "components";
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          Dialect.builder(Dialects.getDraft202012())
              .keyword(new NonValidationKeyword(COMPONENTS))
              .build());
  private static final Map<JsonNode, Schema> SCHEMAS =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private record Documented(Pattern path, ApiCall call) {}

  private static final List<Documented> CALLS =
      ApiDocument.calls().stream()
          .map(
              call ->
                  new Documented(
                      Pattern.compile(call.path().replaceAll("\\{[a-z_]+}", "[^/]+") + "/?"), call))
          .toList();

  private AnswerValidator() {}

  /**
   * One answer.
   *
   * @param status its status code
   * @param headers its headers by name, in any case
   * @param body its body; empty where there is none
   */
  record Answer(int status, Map<String, String> headers, String body) {
    Answer {
      Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      byName.putAll(headers);
      headers = byName;
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    String mediaType() {
      return header("Content-Type").orElse("").split(";", 2)[0].strip();
    }
  }

  /** What of an answer the document does not say; empty where the path is not the API's. */
  static List<String> findings(String method, String path, Answer answer) {
    if (!path.startsWith(API) || BEFORE_ANY_CALL.contains(answer.status())) {
      return List.of();
    }
    boolean head = method.equals("HEAD");
    return CALLS.stream()
        .filter(known -> known.call().method().equals(head ? "GET" : method))
        .filter(known -> known.path().matcher(path).matches())
        .findFirst()
        .map(known -> ofCall(known.call(), answer, head))
        .orElseGet(() -> ofNoCall(method, answer, head));
  }

  private static List<String> ofNoCall(String method, Answer answer, boolean head) {
    if (method.equals("OPTIONS")) {
      return List.of();
    }
    if (answer.status() < 400) {
      return List.of("a call that the document does not have is answered " + answer.status());
    }
    return head ? List.of() : body(ERROR, answer);
  }

  private static List<String> ofCall(ApiCall call, Answer answer, boolean head) {
    JsonNode response = call.response(answer.status());
    if (response.isMissingNode()) {
      return List.of("the document does not have status " + answer.status());
    }
    List<String> findings = new ArrayList<>();
    response
        .path("headers")
        .properties()
        .forEach(
            header ->
                findings.addAll(
                    header(header.getKey(), ApiDocument.resolved(header.getValue()), answer)));
    if (!head) {
      JsonNode content = response.path("content").path(answer.mediaType());
      if (content.isMissingNode()) {
        findings.add("the document does not have content type " + answer.mediaType());
      } else {
        findings.addAll(body(content.get(SCHEMA), answer));
      }
    }
    return findings;
  }

  private static List<String> header(String name, JsonNode header, Answer answer) {
    Optional<String> value = answer.header(name);
    if (value.isEmpty()) {
      return header.path("required").asBoolean() ? List.of(name + " is missing") : List.of();
    }
    JsonNode schema = header.get(SCHEMA);
    boolean number = schema.path("type").asText().equals("integer");
    boolean digits = value.get().matches("[0-9]{1,18}");
    return validate(
        schema,
        number && digits
            ? LongNode.valueOf(Long.parseLong(value.get()))
            : TextNode.valueOf(value.get()));
  }

  private static List<String> body(JsonNode schema, Answer answer) {
    try {
      return validate(schema, JSON.readTree(answer.body()));
    } catch (JsonProcessingException e) {
      return List.of("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  private static List<String> validate(JsonNode schema, JsonNode value) {
    return SCHEMAS.computeIfAbsent(schema, AnswerValidator::compile).validate(value).stream()
        .map(Object::toString)
        .toList();
  }

  /** A schema on its own: its references begin at the root of the document. */
  private static Schema compile(JsonNode schema) {
    ObjectNode root = schema.deepCopy();
    root.set(COMPONENTS, ApiDocument.root().get(COMPONENTS));
    return REGISTRY.getSchema(root);
  }
}
