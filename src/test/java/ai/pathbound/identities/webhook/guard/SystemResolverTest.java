package ai.pathbound.identities.webhook.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.tenant.TenantId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Look-ups that block their thread, as those of the operating system do. */
class SystemResolverTest {
  private static final TenantId SILENT = new TenantId("silent");
  private static final TenantId OTHER = new TenantId("other");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final CountDownLatch answers = new CountDownLatch(1);
  private final AtomicInteger blocked = new AtomicInteger();
  private final SystemResolver resolver = new SystemResolver(vertx, this::lookUp);

  private List<InetAddress> lookUp(String name) {
    if (name.startsWith("silent")) {
      blocked.incrementAndGet();
      try {
        assertTrue(answers.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return List.of(InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() {
    answers.countDown();
    resolver.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void silentNameServersOfOneTenantHoldUpNoOtherTenantsNames() {
    List<CompletableFuture<List<InetAddress>>> silent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      silent.add(resolver.resolve(SILENT, "silent-" + i + ".example").subscribeAsCompletionStage());
    }
    Awaitility.await().atMost(PATIENCE).until(() -> blocked.get() == 16);
    for (int i = 0; i < 50; i++) {
      assertEquals(
          List.of(InetAddress.getLoopbackAddress()),
          resolver.resolve(OTHER, "quick.example").await().atMost(PATIENCE));
    }
    assertEquals(16, blocked.get(), "half of the threads, and no more");
    assertTrue(silent.stream().noneMatch(CompletableFuture::isDone));
    answers.countDown();
    CompletableFuture.allOf(silent.toArray(CompletableFuture[]::new)).join();
    assertEquals(200, blocked.get());
  }

  @Test
  void aLookUpThatNobodyWaitsForKeepsItsThreadAndOneThatWaitsIsForgotten() {
    List<CompletableFuture<List<InetAddress>>> silent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      silent.add(resolver.resolve(SILENT, "silent-" + i + ".example").subscribeAsCompletionStage());
    }
    Awaitility.await().atMost(PATIENCE).until(() -> blocked.get() == 16);
    silent.forEach(asked -> asked.cancel(true));
    CompletableFuture<List<InetAddress>> next =
        resolver.resolve(SILENT, "next.example").subscribeAsCompletionStage();
    assertFalse(next.isDone(), "a thread that is still blocked was counted as free");
    answers.countDown();
    assertEquals(List.of(InetAddress.getLoopbackAddress()), next.join());
    assertEquals(16, blocked.get(), "somebody asked for who had gone");
  }

  @Test
  void whoWaitedGoesOnInItsOwnContext() {
    for (int i = 0; i < 16; i++) {
      resolver.resolve(SILENT, "silent-" + i + ".example").subscribeAsCompletionStage();
    }
    Awaitility.await().atMost(PATIENCE).until(() -> blocked.get() == 16);
    Context asking = vertx.getOrCreateContext();
    CompletableFuture<Context> answered = new CompletableFuture<>();
    asking.runOnContext(
        go ->
            resolver
                .resolve(SILENT, "next.example")
                .subscribe()
                .with(
                    found -> answered.complete(Vertx.currentContext()),
                    answered::completeExceptionally));
    assertFalse(answered.isDone());
    answers.countDown();
    assertEquals(asking, answered.join());
  }
}
