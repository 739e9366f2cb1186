package ai.pathbound.identities.json;

import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Describes what a parser found, without the parser's own messages, which quote the body. */
final class JsonFindings {
  private static final String BODY = "body";

  private JsonFindings() {}

  /** The finding about a value that is JSON, but not of the expected type or range. */
  static RefusalException of(JsonMappingException e) {
    if (e.getCause() instanceof RefusalException refusal) {
      return refusal;
    }
    String field =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
            .collect(Collectors.joining("."));
    if (field.isEmpty()) {
      return RefusalException.invalid(BODY, "must be a JSON object");
    }
    if (e instanceof MismatchedInputException mismatch) {
      return RefusalException.invalid(field, "must be " + wanted(mismatch.getTargetType()));
    }
    if (e.getCause() instanceof JsonProcessingException) {
      return RefusalException.invalid(field, "is out of range or not valid JSON");
    }
    return RefusalException.invalid(field, "is not valid");
  }

  /** Where a text stops being JSON. */
  static RefusalException.Detail syntax(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return new RefusalException.Detail(
        BODY,
        at == null
            ? "is not valid JSON"
            : "is not valid JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
  }

  private static String wanted(Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type == String.class || type == Secret.class) {
      return "a string of valid text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return List.of(Double.class, Float.class).contains(type) ? "a number" : "a whole number";
    }
    return Collection.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
  }
}
