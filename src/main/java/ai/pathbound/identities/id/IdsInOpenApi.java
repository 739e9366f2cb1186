package ai.pathbound.identities.id;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Describes the ids in the paths of the OpenAPI document, the same at every call. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class IdsInOpenApi implements OASFilter {
  private record Id(String description, String example) {}

  private static final Map<String, Id> IDS =
      Map.of(
          "identity_id", new Id("The identity", "id_01jv3ve1twetnar2zsd0c36jyb"),
          "session_id", new Id("The login", "sess_01jv3ve1twetnar2zsd0c36jyb"));

  /** Called by SmallRye OpenAPI for every parameter. */
  @Override
  public Parameter filterParameter(Parameter parameter) {
    Id id = IDS.get(parameter.getName());
    if (id == null || parameter.getIn() != Parameter.In.PATH) {
      return parameter;
    }
    return parameter
        .description(id.description())
        .schema(
            OASFactory.createSchema().addType(Schema.SchemaType.STRING).addExample(id.example()));
  }
}
