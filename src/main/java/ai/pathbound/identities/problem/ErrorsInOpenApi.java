package ai.pathbound.identities.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Writes into the OpenAPI document what every call can answer, and that each error is an {@link
 * ErrorBody}; a call's own errors stand at its method.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ErrorsInOpenApi implements OASFilter {
  private static final String JSON = "application/json";
  private static final String ERROR = "#/components/schemas/Error";

  /** Called by SmallRye OpenAPI once the annotations are read. */
  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getPaths() == null || document.getPaths().getPathItems() == null) {
      return;
    }
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) -> {
              if (path.startsWith("/v1/")) {
                item.getOperations()
                    .forEach((method, operation) -> complete(path, method, operation));
              }
            });
  }

  private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
    Map<String, String> errors = new TreeMap<>();
    errors.put("401", "No token, or one that is not accepted (`invalid_token`).");
    errors.put("403", "The token lacks the scope (`insufficient_scope`).");
    errors.put("406", "Only application/json is served (`not_acceptable`).");
    errors.put(
        "429",
        "Where a budget is set, too many requests of the tenant (`too_many_requests`); see"
            + " Retry-After.");
    errors.put("500", "A fault of the service (`internal_error`), with an id that is in its log.");
    errors.put("503", "The service cannot serve right now (`unavailable`); see Retry-After.");
    if (path.contains("{")) {
      errors.put("404", "There is no such thing, or not for this tenant (`not_found`).");
    }
    if (operation.getRequestBody() != null) {
      errors.put("400", "The request is not valid (`invalid_request`); see details.");
      errors.put("413", "The body is larger than 64 KiB (`too_large`).");
      errors.put("415", "The body is not application/json (`unsupported_media_type`).");
    }
    if (method == PathItem.HttpMethod.POST) {
      errors.put("422", "The Idempotency-Key came with another body (`idempotency_key_reused`).");
    }
    errors.forEach((status, description) -> add(operation, status, description));
    operation
        .getResponses()
        .getAPIResponses()
        .forEach(
            (status, response) -> {
              if (status.charAt(0) != '2') {
                response.setContent(
                    OASFactory.createContent()
                        .addMediaType(
                            JSON,
                            OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(ERROR))));
              }
            });
  }

  /** Joins what a method says of its own about the same status. */
  private static void add(Operation operation, String status, String description) {
    APIResponse own = operation.getResponses().getAPIResponse(status);
    if (own == null) {
      operation
          .getResponses()
          .addAPIResponse(status, OASFactory.createAPIResponse().description(description));
    } else if (own.getDescription() == null || own.getDescription().length() < 20) {
      // What Quarkus adds by itself ("Not Authorized") says less.
      own.setDescription(description);
    } else {
      own.setDescription(description + " " + own.getDescription());
    }
  }
}
