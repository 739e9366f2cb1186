package ai.pathbound.identities.json;

import ai.pathbound.identities.secret.Secret;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;

/** What holds for all JSON of this service: times in milliseconds, secrets never written. */
@Singleton
public class JsonConventions implements ObjectMapperCustomizer {

  /** Called last: of two modules that serialise times, the one registered last wins. */
  @Override
  public int priority() {
    return MINIMUM_PRIORITY;
  }

  /** Called once, when the mapper is made. */
  @Override
  public void customize(ObjectMapper mapper) {
    mapper.configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature(), false);
    mapper.registerModule(
        new SimpleModule("conventions")
            .addSerializer(Instant.class, new MillisecondsWriter())
            .addSerializer(Secret.class, new Never())
            .addDeserializer(Secret.class, new SecretReader()));
  }

  private static final class Never extends StdSerializer<Secret> {
    private static final long serialVersionUID = 1L;

    Never() {
      super(Secret.class);
    }

    @Override
    public void serialize(Secret value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      throw new JsonMappingException(out, "a secret is never written");
    }
  }
}
