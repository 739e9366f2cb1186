package ai.pathbound.identities.connect.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.tenant.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The table takes the rows that a link can come to, and no other. */
@QuarkusTest
class LinkChecksTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<FailureReason> REASONS =
      List.of(FailureReason.CREDENTIALS_REJECTED, FailureReason.ACCOUNT_LOCKED);
  private static final String CHECK_VIOLATION = "23514";
  private static final String INSERT =
      """
      insert into connect_link
        (tenant_id, id, identity_id, token_mac, browser_mac, opened_at, status, submissions,
         session_id, failure, created_at, expires_at, updated_at, finished_at)
      values ($1, gen_random_uuid(), $2, $3, case when $4::boolean then $3 end,
        case when $4::boolean then now() end, $5, $6, case when $7::boolean then gen_random_uuid() end,
        $8, now(), now() + interval '1 hour', now(), case when $9::boolean then now() end)
      """;

  private final Client client = Client.ofNewTenant();

  @Inject Pool pool;

  /** What the checks look at. */
  private record Shape(
      String status, boolean opened, int submissions, boolean login, String failure, boolean over) {
    static Shape of(ConnectLink link) {
      LinkSnapshot snapshot = LinkSnapshot.of(link);
      return new Shape(
          snapshot.status().wireName(),
          snapshot.progress().browser().isPresent(),
          snapshot.progress().submissions(),
          snapshot.progress().login().isPresent(),
          snapshot.failure().map(FailureReason::wireName).orElse(null),
          snapshot.status().isTerminal());
    }
  }

  /** Every legal exit of a state, of each kind of failure one. */
  private static List<ConnectLink> exits(ConnectLink from) {
    List<ConnectLink> next = new ArrayList<>();
    from.usable()
        .ifPresent(
            usable -> {
              next.add(usable.expire());
              next.add(usable.revoke());
            });
    from.accept(
            new OnlyFrom<List<ConnectLink>>() {
              @Override
              public Optional<List<ConnectLink>> pending(Pending link) {
                return Optional.of(List.of(link.open("browser", NOW)));
              }

              @Override
              public Optional<List<ConnectLink>> opened(Opened link) {
                return Optional.of(List.of(link.submit(new SessionId(new UUID(0, 1)), NOW)));
              }

              @Override
              public Optional<List<ConnectLink>> submitted(Submitted link) {
                List<ConnectLink> ends = new ArrayList<>(List.of(link.complete()));
                REASONS.forEach(reason -> ends.add(link.fail(reason)));
                return Optional.of(ends);
              }
            })
        .ifPresent(next::addAll);
    return next;
  }

  private static Set<String> reachable() {
    Set<String> shapes = new TreeSet<>();
    Deque<ConnectLink> todo = new ArrayDeque<>();
    todo.add(
        Pending.create(
            new LinkFacts(
                new TenantId("t"),
                new LinkId(new UUID(0, 1)),
                new IdentityId(new UUID(0, 1)),
                NOW,
                NOW.plusSeconds(300))));
    while (!todo.isEmpty()) {
      ConnectLink link = todo.remove();
      if (shapes.add(Shape.of(link).toString())) {
        todo.addAll(exits(link));
      }
    }
    return shapes;
  }

  private static List<Shape> candidates() {
    List<Shape> all = new ArrayList<>();
    for (LinkStatus status : LinkStatus.values()) {
      for (int submissions = 0; submissions <= 3; submissions++) {
        for (int bits = 0; bits < 8; bits++) {
          List<String> failures =
              new ArrayList<>(REASONS.stream().map(FailureReason::wireName).toList());
          failures.add(null);
          for (String failure : failures) {
            all.add(
                new Shape(
                    status.wireName(),
                    (bits & 1) != 0,
                    submissions,
                    (bits & 2) != 0,
                    failure,
                    (bits & 4) != 0));
          }
        }
      }
    }
    return all;
  }

  private boolean isTaken(Shape shape, UUID identity, int number) {
    try {
      pool.preparedQuery(INSERT)
          .executeAndAwait(
              Tuple.tuple()
                  .addValue(client.tenant())
                  .addValue(identity)
                  .addValue("%043d".formatted(number))
                  .addValue(shape.opened())
                  .addValue(shape.status())
                  .addValue(shape.submissions())
                  .addValue(shape.login())
                  .addValue(shape.failure())
                  .addValue(shape.over()));
      return true;
    } catch (PgException refused) {
      assertEquals(CHECK_VIOLATION, refused.getSqlState(), refused.getMessage());
      return false;
    }
  }

  @Test
  void theChecksTakeWhatTheStatesCanComeToAndNothingElse() {
    UUID identity = IdentityId.parse(client.newIdentity()).orElseThrow().uuid();
    Set<String> taken = new TreeSet<>();
    int number = 0;
    for (Shape shape : candidates()) {
      if (isTaken(shape, identity, number++)) {
        taken.add(shape.toString());
      }
    }
    assertEquals(reachable(), taken);
    pool.preparedQuery("delete from connect_link where tenant_id = $1")
        .executeAndAwait(Tuple.of(client.tenant()));
  }
}
