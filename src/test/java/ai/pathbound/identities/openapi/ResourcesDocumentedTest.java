package ai.pathbound.identities.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.connect.link.LinkStatus;
import ai.pathbound.identities.connect.link.PageLanguage;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.openapi.ApiDocument.ApiCall;
import ai.pathbound.identities.problem.HttpStatuses;
import ai.pathbound.identities.webhook.EventType;
import ai.pathbound.identities.webhook.store.Attempt;
import ai.pathbound.identities.webhook.store.Endpoint;
import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The API document against the resources and the words that the program answers with. */
class ResourcesDocumentedTest {
  /** A header of tracing (W3C Trace Context), no part of the API. */
  private static final String TRACE = "header traceparent";

  /** Which representations there are says it (OpenAPI 3.1, Parameter Object). */
  private static final String ACCEPT = "header Accept";

  /** Read off all headers, hence no parameter of a method. */
  private static final String KEY = "header Idempotency-Key";

  /** Likewise. */
  private static final String IF_MATCH = "header If-Match";

  @Test
  void everyCallHasThePathMethodScopeParametersAndBodyOfItsResource() {
    Set<String> resources =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("ai.pathbound.identities")
                .stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .filter(type -> !type.getPackageName().endsWith(".devmode"))
                // For browsers, and no part of the API.
                .filter(type -> !type.getPackageName().endsWith(".connect.page"))
                .map(JavaClass::reflect)
                .flatMap(ResourcesDocumentedTest::calls)
                .collect(Collectors.toCollection(TreeSet::new));
    Set<String> documented =
        ApiDocument.calls().stream()
            .map(ResourcesDocumentedTest::line)
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(documented.size() >= 11, documented.toString());
    assertEquals(String.join("\n", resources), String.join("\n", documented));
  }

  @Test
  void everyPostOfIdentitiesTakesAnIdempotencyKeyAndNothingElseDoes() {
    // A webhook endpoint's secret is shown once and kept nowhere, and its other posts may be
    // repeated. So may what is asked of a challenge: a second time it is refused.
    ApiDocument.calls()
        .forEach(
            call ->
                assertEquals(
                    call.method().equals("POST")
                        && call.path().startsWith("/v1/identities")
                        && !call.path().matches(".*/(resend|challenge/[^/]+)"),
                    call.parameters().contains(KEY),
                    call::toString));
  }

  @Test
  void changesOfIdentitiesTakeAnIfMatchAndNothingElseDoes() {
    ApiDocument.calls()
        .forEach(
            call ->
                assertEquals(
                    call.path().equals("/v1/identities/{identity_id}")
                        && !call.method().equals("GET"),
                    call.parameters().contains(IF_MATCH),
                    call::toString));
  }

  @Test
  void theWordsOfTheDocumentAreTheProgramsWords() {
    assertEquals(
        words(LoginStatus.values(), LoginStatus::wireName), words("LoginResult", "status"));
    assertEquals(
        words(ChallengeKind.values(), ChallengeKind::wireName), words("Challenge", "kind"));
    assertEquals(
        words(FailureReason.values(), FailureReason::wireName), words("LoginResult", "error_code"));
    assertEquals(
        Arrays.stream(FailureReason.values())
            .map(reason -> Integer.toString(HttpStatuses.of(reason.kind())))
            .collect(Collectors.toCollection(TreeSet::new)),
        words("LoginResult", "error_status"));
    assertEquals(words(LinkStatus.values(), LinkStatus::wireName), words("ConnectLink", "status"));
    assertEquals(
        words(FailureReason.values(), FailureReason::wireName), words("ConnectLink", "error_code"));
    assertEquals(words(PageLanguage.values(), PageLanguage::tag), words("ConnectLink", "locale"));
    assertEquals(words(Action.values(), Action::wireName), words("AuditEvent", "action"));
    assertEquals(
        words(EventType.values(), EventType::wireName),
        values(ApiDocument.root().at("/components/schemas/EventName/enum")));
    assertEquals(words(Attempt.Error.values(), Attempt.Error::wireName), words("Attempt", "error"));
    assertEquals(
        words(Endpoint.DisabledReason.values(), Endpoint.DisabledReason::wireName),
        words("Endpoint", "disabled_reason"));
  }

  @ParameterizedTest
  @EnumSource(FailureReason.class)
  void theCodeCallMayAnswerEveryReasonWhyALoginFailed(FailureReason reason) {
    ApiCall code =
        ApiDocument.calls().stream()
            .filter(call -> call.operation().get("operationId").asText().equals("giveCode"))
            .findFirst()
            .orElseThrow();
    JsonNode allowed =
        code.response(HttpStatuses.of(reason.kind()))
            .at("/content/application~1json/schema/allOf/1/properties/code");
    Set<String> words = values(allowed.path("enum"));
    words.add(allowed.path("const").asText());
    assertTrue(words.contains(reason.wireName()), words.toString());
  }

  private static <T> Set<String> words(T[] all, Function<T, String> word) {
    return Arrays.stream(all).map(word).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> words(String schema, String property) {
    return values(
        ApiDocument.root()
            .at("/components/schemas/" + schema + "/properties/" + property + "/enum"));
  }

  private static Set<String> values(JsonNode list) {
    Set<String> values = new TreeSet<>();
    list.forEach(
        value -> {
          if (!value.isNull()) {
            values.add(value.asText());
          }
        });
    return values;
  }

  private static String line(ApiCall call) {
    Set<String> parameters = new TreeSet<>(call.parameters());
    parameters.removeAll(Set.of(KEY, IF_MATCH));
    return line(call.method(), call.path(), call.scope(), parameters, call.takesBody());
  }

  private static String line(
      String method, String path, String scope, Set<String> parameters, boolean body) {
    return method + " " + path + " " + scope + " " + parameters + (body ? " with a body" : "");
  }

  private static Stream<String> calls(Class<?> resource) {
    return Arrays.stream(resource.getDeclaredMethods())
        .flatMap(method -> httpMethod(method).map(http -> line(http, method, resource)).stream());
  }

  private static String line(String http, Method method, Class<?> resource) {
    String below = method.isAnnotationPresent(Path.class) ? "/" + path(method) : "";
    Set<String> parameters =
        Arrays.stream(method.getParameters())
            .flatMap(ResourcesDocumentedTest::names)
            .filter(name -> !name.equals(TRACE) && !name.equals(ACCEPT))
            .collect(Collectors.toCollection(TreeSet::new));
    return line(
        http,
        path(resource) + below,
        scope(method).or(() -> scope(resource)).orElse("no scope"),
        parameters,
        Arrays.asList(method.getParameterTypes()).contains(byte[].class));
  }

  private static Optional<String> httpMethod(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(http -> http != null)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(AnnotatedElement element) {
    return element.getAnnotation(Path.class).value();
  }

  private static Optional<String> scope(AnnotatedElement element) {
    return Optional.ofNullable(element.getAnnotation(RolesAllowed.class))
        .map(roles -> String.join(" ", roles.value()));
  }

  private static Stream<String> names(Parameter parameter) {
    return Arrays.stream(parameter.getAnnotations()).flatMap(ResourcesDocumentedTest::name);
  }

  private static Stream<String> name(Annotation annotation) {
    if (annotation instanceof PathParam path) {
      return Stream.of("path " + path.value());
    }
    if (annotation instanceof QueryParam query) {
      return Stream.of("query " + query.value());
    }
    if (annotation instanceof HeaderParam header) {
      return Stream.of("header " + header.value());
    }
    return Stream.empty();
  }
}
