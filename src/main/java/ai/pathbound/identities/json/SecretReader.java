package ai.pathbound.identities.json;

import ai.pathbound.identities.secret.Secret;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;

/** Reads a secret from a JSON string. Its errors do not quote the value. */
final class SecretReader extends StdScalarDeserializer<Secret> {
  private static final long serialVersionUID = 1L;

  SecretReader() {
    super(Secret.class);
  }

  @Override
  public Secret deserialize(JsonParser in, DeserializationContext context) throws IOException {
    if (!in.hasToken(JsonToken.VALUE_STRING)) {
      throw MismatchedInputException.from(in, Secret.class, "not a string");
    }
    try {
      return Secret.of(in.getText());
    } catch (IllegalArgumentException e) {
      throw MismatchedInputException.from(in, Secret.class, "not a valid text");
    }
  }
}
