package ai.pathbound.identities.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads a text from a JSON string and from nothing else; refuses lone surrogates. */
final class TextReader extends StdScalarDeserializer<String> {
  private static final long serialVersionUID = 1L;

  TextReader() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser in, DeserializationContext context) throws IOException {
    if (!in.hasToken(JsonToken.VALUE_STRING)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(in.getText())) {
      throw MismatchedInputException.from(in, String.class, "not a text");
    }
    return in.getText();
  }
}
