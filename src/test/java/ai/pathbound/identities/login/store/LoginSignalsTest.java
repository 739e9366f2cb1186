package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.WaitingLogins;
import ai.pathbound.identities.login.store.LoginSignals.Watch;
import ai.pathbound.identities.tenant.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a held answer waits for. */
@QuarkusTest
class LoginSignalsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SessionId session = new SessionId(UUID.randomUUID());

  @Inject LoginSignals signals;
  @Inject Pool pool;

  @Test
  void aWaitEndsHoweverLittleTimeIsLeft() throws Exception {
    try (Watch watch = signals.watch(session)) {
      for (Duration left : new Duration[] {Duration.ofNanos(1), Duration.ZERO, LONG.negated()}) {
        ended(watch.next(left).subscribeAsCompletionStage());
      }
    }
  }

  @Test
  void aChangeThatComesBetweenTwoWaitsIsThereForTheSecond() throws Exception {
    awaitListening();
    try (Watch watch = signals.watch(session);
        Watch other = signals.watch(session)) {
      ended(watch.next(Duration.ofMillis(1)).subscribeAsCompletionStage());
      CompletableFuture<Void> heard = other.next(LONG).subscribeAsCompletionStage();
      change(session);
      ended(heard);
      ended(watch.next(LONG).subscribeAsCompletionStage());
    }
  }

  @Test
  void whoNoLongerListensIsToldNothing() throws Exception {
    awaitListening();
    AtomicInteger told = new AtomicInteger();
    LoginSignals.Subscription subscription = signals.onChange(session, told::incrementAndGet);
    try (Watch watch = signals.watch(session)) {
      change(session);
      ended(watch.next(LONG).subscribeAsCompletionStage());
      assertEquals(1, told.get());
      subscription.close();
      change(session);
      ended(watch.next(LONG).subscribeAsCompletionStage());
      assertEquals(1, told.get());
    }
  }

  @Test
  void aChangeThatLeavesTheStatusAsItIsIsNotifiedToo() throws Exception {
    awaitListening();
    UUID id =
        pool.query(WaitingLogins.insert("tenant-" + UUID.randomUUID(), 1))
            .executeAndAwait()
            .iterator()
            .next()
            .getUUID("id");
    try (Watch watch = signals.watch(new SessionId(id))) {
      CompletableFuture<Void> heard = watch.next(LONG).subscribeAsCompletionStage();
      pool.preparedQuery("update login_session set challenge = 'sms_code' where id = $1")
          .executeAndAwait(Tuple.of(id));
      ended(heard);
    }
  }

  @Test
  void aLoginThatBecomesDueIsNamed() {
    awaitListening();
    Queue<Optional<DueLogin>> heard = new ConcurrentLinkedQueue<>();
    signals.onDue(heard::add);
    Client client = Client.ofNewTenant();
    String login = client.loggingIn(client.newIdentity(), "ada@example.com");
    hears(
        heard,
        Optional.of(
            new DueLogin(new TenantId(client.tenant()), SessionId.parse(login).orElseThrow())));
    pool.preparedQuery("select pg_notify('login_due', $1)")
        .executeAndAwait(Tuple.of(session.uuid() + " a tenant"));
    hears(heard, Optional.of(new DueLogin(new TenantId("a tenant"), session)));
    // As before schema 16.
    pool.query("select pg_notify('login_due', '')").executeAndAwait();
    hears(heard, Optional.empty());
  }

  private static void hears(Queue<Optional<DueLogin>> heard, Optional<DueLogin> login) {
    Awaitility.await().atMost(PATIENCE).until(() -> heard.contains(login));
  }

  /** What is notified before the program listens, nobody hears. */
  private void awaitListening() {
    SessionId trial = new SessionId(UUID.randomUUID());
    try (Watch watch = signals.watch(trial)) {
      CompletableFuture<Void> heard = watch.next(LONG).subscribeAsCompletionStage();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                change(trial);
                return heard.isDone();
              });
    }
  }

  private void change(SessionId session) {
    pool.preparedQuery("select pg_notify('login_changed', $1)")
        .executeAndAwait(Tuple.of(session.uuid().toString()));
  }

  private static void ended(CompletableFuture<Void> wait) throws Exception {
    wait.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
