package ai.pathbound.identities.login.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Describes {@code Prefer: wait} in the OpenAPI document, the same at every call that takes it. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class PreferInOpenApi implements OASFilter {

  /** Called by SmallRye OpenAPI for every call. */
  @Override
  public Operation filterOperation(Operation operation) {
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .filter(parameter -> PreferWait.PREFER.equals(parameter.getName()))
          .forEach(parameter -> describe(parameter, operation));
    }
    return operation;
  }

  private static void describe(Parameter prefer, Operation operation) {
    prefer
        .description(
            "wait=N holds the answer until it is the person's turn, N seconds at most (RFC 7240).")
        .schema(text().addExample("wait=20"));
    operation
        .getResponses()
        .getAPIResponse("200")
        .addHeader(
            PreferWait.APPLIED,
            OASFactory.createHeader()
                .description("wait=N, where the preference was honoured")
                .schema(text()));
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
  }
}
