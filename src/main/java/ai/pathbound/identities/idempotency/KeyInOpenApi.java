package ai.pathbound.identities.idempotency;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Says in the OpenAPI document that every POST takes an {@code Idempotency-Key}. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class KeyInOpenApi implements OASFilter {

  /** Called by SmallRye OpenAPI for every path. */
  @Override
  public PathItem filterPathItem(PathItem item) {
    if (item.getPOST() != null) {
      item.getPOST()
          .addParameter(
              OASFactory.createParameter()
                  .name(IdempotencyKey.HEADER)
                  .in(Parameter.In.HEADER)
                  .description(
                      "A retry with the same key and body is answered the same, for 24 hours.")
                  .schema(
                      OASFactory.createSchema()
                          .addType(Schema.SchemaType.STRING)
                          .minLength(1)
                          .maxLength(255)));
    }
    return item;
  }
}
