package ai.pathbound.identities.idempotency;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.SealingContext;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.secret.SecretBox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Runs a call once per key. A second request with the key waits for the commit of the first one,
 * and gets the same answer; if the first is refused, the key is free again.
 */
@ApplicationScoped
public class IdempotentRequests {
  /** How long an answer is kept. */
  public static final Duration KEPT = Duration.ofHours(24);

  private static final String KEY =
      " where tenant_id = $1 and subject = $2 and call = $3 and key = $4";
  private static final String TAKE =
      """
      insert into idempotency_key (tenant_id, subject, call, key, fingerprint, created_at)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (tenant_id, subject, call, key) do update
        set fingerprint = excluded.fingerprint, created_at = excluded.created_at,
          status = null, location = null, body = null, held = false, sealed_for = null
        where idempotency_key.created_at <= $7
      """;
  private static final String FIND =
      "select fingerprint, status, location, body, held, sealed_for from idempotency_key" + KEY;
  // An absent id is sent as an empty text, since a native query gives a null no type.
  private static final String ANSWER =
      "update idempotency_key set status = $5, location = $6, body = $7,"
          + " sealed_for = cast(nullif($8, '') as uuid)"
          + KEY;
  private static final String HOLD =
      "update idempotency_key set body = $5, held = true" + KEY + " and not held";
  private static final String FREE = "delete from idempotency_key" + KEY;

  private static final String PRUNE =
      """
      delete from idempotency_key where (tenant_id, subject, call, key) in (
        select tenant_id, subject, call, key from idempotency_key where created_at <= $1
        order by created_at limit 1000 for update skip locked)
      """;

  /** What answers are sealed for; as part of the context, it is named once and for ever. */
  public static final String PLACE = "idempotency_key.body";

  private final Clock clock;
  private final SecretBox box;

  IdempotentRequests(Clock clock, SecretBox box) {
    this.clock = clock;
    this.box = box;
  }

  /**
   * An answer, and whether it was held for {@code Prefer: wait}.
   *
   * @param held whether it is the outcome of the wait, and so final
   */
  public record Kept(StoredResponse response, boolean held) {}

  /**
   * Runs {@code effect}, or returns the stored answer. Refuses with {@code idempotency_key_reused}
   * where the key came with another body.
   */
  public Uni<Kept> once(
      Statements statements, Optional<IdempotencyKey> key, Supplier<Uni<StoredResponse>> effect) {
    if (key.isEmpty()) {
      return effect.get().map(response -> new Kept(response, false));
    }
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    return statements
        .execute(TAKE, values(key.get(), key.get().fingerprint(), now, now.minus(KEPT)))
        .flatMap(
            taken ->
                taken == 1 ? first(statements, key.get(), effect) : again(statements, key.get()));
  }

  /**
   * Replaces the immediate answer by the held one, unless another request already did; returns the
   * stored answer.
   */
  public Uni<StoredResponse> hold(Statements statements, IdempotencyKey key, StoredResponse held) {
    return statements
        .execute(HOLD, values(key, held.body()))
        .flatMap(done -> again(statements, key))
        .map(Kept::response);
  }

  /** Deletes a batch of answers that are kept no longer. */
  public Uni<Void> prune(Pool pool) {
    return pool.preparedQuery(PRUNE)
        .execute(Tuple.of(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  private Uni<Kept> first(
      Statements statements, IdempotencyKey key, Supplier<Uni<StoredResponse>> effect) {
    return effect
        .get()
        .call(
            response ->
                response.refused().isPresent()
                    ? statements.execute(FREE, values(key))
                    : statements.execute(
                        ANSWER,
                        values(
                            key,
                            response.status(),
                            response.location(),
                            kept(key, response),
                            response.sealedRow().map(UUID::toString).orElse(""))))
        .map(response -> new Kept(response, false));
  }

  private Uni<Kept> again(Statements statements, IdempotencyKey key) {
    return statements
        .select(FIND, values(key))
        .map(
            rows -> {
              Object[] row = rows.get(0);
              if (!key.matches((String) row[0])) {
                throw RefusalException.of(
                    RefusalException.Kind.CONTRADICTORY,
                    "idempotency_key_reused",
                    "This Idempotency-Key came with another body before. Use a new key for a new"
                        + " request.");
              }
              String body = opened(key, (UUID) row[5], (String) row[3]);
              StoredResponse response = StoredResponse.of((Integer) row[1], (String) row[2], body);
              return new Kept(response, (Boolean) row[4]);
            });
  }

  private String kept(IdempotencyKey key, StoredResponse response) {
    return response
        .sealedRow()
        .map(row -> box.seal(Secret.of(response.body()), context(key, row)))
        .orElse(response.body());
  }

  private String opened(IdempotencyKey key, UUID sealedFor, String body) {
    return sealedFor == null ? body : box.open(body, context(key, sealedFor)).reveal();
  }

  private static SealingContext context(IdempotencyKey key, UUID row) {
    return new SealingContext(key.caller().tenant(), row, PLACE);
  }

  private static List<Object> values(IdempotencyKey key, Object... more) {
    List<Object> values = new ArrayList<>();
    values.add(key.caller().tenant().value());
    values.add(key.caller().subject());
    values.add(key.call());
    values.add(key.key());
    values.addAll(Arrays.asList(more));
    return values;
  }
}
