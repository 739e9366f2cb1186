package ai.pathbound.identities.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * What the stack can do at most: a bare Vert.x handler that gives the same answers from the same
 * rows, with no token, no tenant, no checks and no framework. Arguments: port, database URL, user,
 * password, tenant.
 */
public final class BarePeer extends AbstractVerticle {
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SELECT =
      """
      select i.id, i.first_name, i.last_name, i.role, i.created_at, i.updated_at,
        p.profile_id, p.connected, p.country, p.connected_at
      from identity i
      left join linkedin_profile p on p.tenant_id = i.tenant_id and p.identity_id = i.id
      where i.tenant_id = $1
      """;
  private static final String INSERT_IDENTITY =
      """
      insert into identity (tenant_id, id, first_name, last_name, role, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $6)
      """;
  private static final String INSERT_EVENT =
      """
      insert into audit_event (tenant_id, id, at, actor, action, identity_id, outcome)
      values ($1, $2, $3, 'bare', 'identity_created', $4, 'success')
      """;

  private final Pool pool;
  private final int port;
  private final String tenant;

  private BarePeer(Pool pool, int port, String tenant) {
    this.pool = pool;
    this.port = port;
    this.tenant = tenant;
  }

  /** Serves until it is killed. */
  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    PgConnectOptions database =
        PgConnectOptions.fromUri(arguments[1])
            .setUser(arguments[2])
            .setPassword(arguments[3])
            .setCachePreparedStatements(true);
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(20))
            .connectingTo(database)
            .using(vertx)
            .build();
    vertx
        .deployVerticle(
            () -> new BarePeer(pool, Integer.parseInt(arguments[0]), arguments[4]),
            new DeploymentOptions().setInstances(2 * Runtime.getRuntime().availableProcessors()))
        .onFailure(Throwable::printStackTrace);
  }

  @Override
  public void start() {
    Router router = Router.router(vertx);
    router.get("/v1/identities/:id").handler(this::one);
    router.get("/v1/identities").handler(this::page);
    router.post("/v1/identities").handler(BodyHandler.create(false)).handler(this::create);
    vertx.createHttpServer().requestHandler(router).listen(port);
  }

  private void one(RoutingContext call) {
    pool.preparedQuery(SELECT + "and i.id = $2")
        .execute(Tuple.of(tenant, uuid(call.pathParam("id"))))
        .onSuccess(rows -> answer(call, rows, false))
        .onFailure(call::fail);
  }

  private void page(RoutingContext call) {
    int limit = Integer.parseInt(call.request().getParam("limit"));
    pool.preparedQuery(SELECT + "order by i.id limit $2")
        .execute(Tuple.of(tenant, limit + 1))
        .onSuccess(rows -> answer(call, rows, true))
        .onFailure(call::fail);
  }

  private void create(RoutingContext call) {
    JsonObject body = call.body().asJsonObject();
    UUID id = UUID.randomUUID();
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    Tuple identity =
        Tuple.of(
            tenant,
            id,
            body.getString("firstName"),
            body.getString("lastName"),
            body.getString("role"),
            now);
    pool.withTransaction(
            connection ->
                connection
                    .preparedQuery(INSERT_IDENTITY)
                    .execute(identity)
                    .flatMap(
                        done ->
                            connection
                                .preparedQuery(INSERT_EVENT)
                                .execute(Tuple.of(tenant, UUID.randomUUID(), now, id))))
        .onSuccess(
            done ->
                call.response()
                    .setStatusCode(201)
                    .putHeader("content-type", "application/json")
                    .end(
                        "{\"status\":\"success\",\"identity\":{\"identity_id\":\""
                            + typeId("id_", id)
                            + "\"}}"))
        .onFailure(call::fail);
  }

  private static void answer(RoutingContext call, RowSet<Row> rows, boolean many) {
    if (rows.size() == 0) {
      call.response().setStatusCode(404).end();
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(many ? 16_384 : 512);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("status", "success");
      if (many) {
        out.writeArrayFieldStart("identities");
        for (Row row : rows) {
          write(out, row);
        }
        out.writeEndArray();
      } else {
        out.writeFieldName("identity");
        write(out, rows.iterator().next());
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    call.response()
        .putHeader("content-type", "application/json")
        .end(Buffer.buffer(bytes.toByteArray()));
  }

  private static void write(JsonGenerator out, Row row) throws IOException {
    out.writeStartObject();
    out.writeStringField("identity_id", typeId("id_", row.getUUID(0)));
    out.writeStringField("firstName", row.getString(1));
    out.writeStringField("lastName", row.getString(2));
    out.writeStringField("role", row.getString(3));
    out.writeStringField("jobTitle", row.getString(3));
    if (row.getUUID(6) == null) {
      out.writeNullField("linkedin");
    } else {
      out.writeObjectFieldStart("linkedin");
      out.writeStringField("profile_id", typeId("li_", row.getUUID(6)));
      out.writeBooleanField("connected", row.getBoolean(7));
      out.writeStringField("country", row.getString(8));
      OffsetDateTime connected = row.getOffsetDateTime(9);
      out.writeStringField("connected_at", connected == null ? null : TIME.format(connected));
      out.writeEndObject();
    }
    out.writeStringField("created_at", TIME.format(row.getOffsetDateTime(4)));
    out.writeStringField("updated_at", TIME.format(row.getOffsetDateTime(5)));
    out.writeEndObject();
  }

  private static String typeId(String prefix, UUID id) {
    char[] text = new char[26];
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    for (int i = text.length - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (low & 31));
      low = low >>> 5 | high << 59;
      high >>>= 5;
    }
    return prefix + new String(text);
  }

  private static UUID uuid(String id) {
    long high = 0;
    long low = 0;
    for (int i = 3; i < id.length(); i++) {
      high = high << 5 | low >>> 59;
      low = low << 5 | DIGITS.indexOf(id.charAt(i));
    }
    return new UUID(high, low);
  }
}
