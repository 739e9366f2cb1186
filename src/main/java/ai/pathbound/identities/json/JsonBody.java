package ai.pathbound.identities.json;

import ai.pathbound.identities.problem.RefusalException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.module.SimpleModule;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Reads a request's body by strict rules: a value of another JSON type than the record's field, a
 * null, a doubled key, text after the end are refused; unknown fields are not.
 */
@ApplicationScoped
public class JsonBody {
  private final ObjectMapper strict;
  // Jackson works the fields of a type out again each time that it is asked.
  private final Map<Class<?>, Set<String>> fields = new ConcurrentHashMap<>();

  /** Reads as {@code mapper} does, but strictly. */
  public JsonBody(ObjectMapper mapper) {
    this.strict = strict(mapper.copy());
  }

  /**
   * The record in {@code body}; a field that is absent is null, an empty body is {@code {}}.
   *
   * @throws RefusalException 400 {@code invalid_request}, naming the field that is wrong
   */
  public <T> T read(byte[] body, Class<T> type) {
    String text = decode(body);
    try {
      if (text.isBlank()) {
        return strict.readValue("{}", type);
      }
      refuseNulls(text, type);
      return strict.readValue(new StringReader(text), type);
    } catch (JsonMappingException e) {
      throw JsonFindings.of(e);
    } catch (JsonProcessingException e) {
      throw RefusalException.invalid(
          "The body is not valid JSON.", List.of(JsonFindings.syntax(e)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checked before binding, after which a null looks like an absent field. */
  private void refuseNulls(String text, Class<?> type) throws IOException {
    Set<String> known = fields.computeIfAbsent(type, this::fieldsOf);
    try (JsonParser in = strict.createParser(new StringReader(text))) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw RefusalException.invalid("body", "must be a JSON object");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName();
        if (in.nextToken() == JsonToken.VALUE_NULL && known.contains(field)) {
          throw RefusalException.invalid(field, "must not be null; leave it out instead");
        }
        in.skipChildren();
      }
    }
  }

  private Set<String> fieldsOf(Class<?> type) {
    return strict
        .getDeserializationConfig()
        .introspect(strict.constructType(type))
        .findProperties()
        .stream()
        .map(BeanPropertyDefinition::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Checked before parsing: the parser would guess other encodings and replace malformed bytes. */
  private static String decode(byte[] body) {
    if (body == null) {
      return "";
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw RefusalException.invalid(
          "The body is not valid UTF-8.",
          List.of(new RefusalException.Detail("body", "must be JSON in UTF-8")));
    }
  }

  @SuppressWarnings("deprecation") // MapperFeature has no other switch on a mapper that exists.
  private static ObjectMapper strict(ObjectMapper mapper) {
    for (CoercionInputShape shape : CoercionInputShape.values()) {
      mapper.coercionConfigDefaults().setCoercion(shape, CoercionAction.Fail);
    }
    return mapper
        .configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false)
        .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, true)
        .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
        .configure(DeserializationFeature.ACCEPT_FLOAT_AS_INT, false)
        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), true)
        .registerModule(new SimpleModule("strict").addDeserializer(String.class, new TextReader()));
  }
}
