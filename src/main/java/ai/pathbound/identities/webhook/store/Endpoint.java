package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.id.EndpointId;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a tenant wants to be told.
 *
 * @param id its id
 * @param url where messages are sent
 * @param events the names of what it is told of; empty: of everything
 * @param description the tenant's own words
 * @param enabled whether messages are sent
 * @param disabledReason why not; empty where they are
 * @param createdAt when it was made
 * @param updatedAt when it was changed last
 */
public record Endpoint(
    EndpointId id,
    String url,
    Optional<List<String>> events,
    Optional<String> description,
    boolean enabled,
    Optional<String> disabledReason,
    Instant createdAt,
    Instant updatedAt) {
  /** Why no messages are sent to an endpoint. */
  public enum DisabledReason {
    /** It answered 410. */
    GONE("gone"),
    /** For days it did nothing but fail. */
    FAILING("failing"),
    /** The tenant switched it off. */
    SWITCHED_OFF("switched_off");

    private final String word;

    DisabledReason(String word) {
      this.word = word;
    }

    /** How it is called in the database and in the API. */
    public String wireName() {
      return word;
    }
  }

  static Endpoint of(Row row) {
    return new Endpoint(
        new EndpointId(row.getUUID("id")),
        row.getString("url"),
        Optional.ofNullable(row.getArrayOfStrings("events")).map(List::of),
        Optional.ofNullable(row.getString("description")),
        row.getBoolean("enabled"),
        Optional.ofNullable(row.getString("disabled_reason")),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }
}
