package ai.pathbound.identities.problem;

import ai.pathbound.identities.json.JsonBody;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;

/** Provokes every layer; in the tests' program only. */
@Path("/probe")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class Probe {
  /** A body with one field of each sort. */
  public record Fields(String text, Integer number, Boolean flag, Secret secret) {}

  private final JsonBody json;
  private final CurrentCaller caller;

  Probe(JsonBody json, CurrentCaller caller) {
    this.json = json;
    this.caller = caller;
  }

  @GET
  @Path("/caller")
  @RolesAllowed("identities:read")
  public Uni<Caller> caller() {
    return Uni.createFrom().item(caller.get());
  }

  @POST
  @Path("/fields")
  @RolesAllowed("identities:write")
  public Uni<Map<String, Object>> fields(byte[] body) {
    Fields read = json.read(body, Fields.class);
    return Uni.createFrom()
        .item(Map.of("text", read.text() == null ? "absent" : read.text(), "bytes", body.length));
  }

  @GET
  @Path("/failure")
  public Uni<String> failure(@RestQuery String kind) {
    return Uni.createFrom()
        .failure(
            switch (kind) {
              case "bug" -> new IllegalStateException("select * from token where secret");
              case "database" -> new RuntimeException(new ConnectException("db:5432"));
              default ->
                  RefusalException.of(
                          RefusalException.Kind.valueOf(kind), "for_a_test", "A sentence.")
                      .retryAfter(Duration.ofMillis(1_001));
            });
  }
}
