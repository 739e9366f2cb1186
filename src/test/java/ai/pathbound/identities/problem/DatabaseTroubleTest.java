package ai.pathbound.identities.problem;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParseException;
import io.smallrye.mutiny.CompositeException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseTroubleTest {
  static Stream<Throwable> troubles() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new SocketException("Connection reset"),
        new IOException("Connection reset by peer"),
        new IOException("Broken pipe"),
        new TimeoutException(),
        new NoStackTraceThrowable("Connection is not active now, current status: CLOSED"),
        new VertxException("SSL handshake failed"),
        postgres("57P01"),
        postgres("53300"),
        postgres("08006"),
        postgres("40P01"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void aConnectionThatBreaksIsOne(Throwable trouble) {
    assertTrue(DatabaseTrouble.is(trouble));
    assertTrue(DatabaseTrouble.is(new HibernateException(trouble)));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void soIsARollbackThatMeetsOneAfterSomethingElse(Throwable trouble) {
    assertTrue(DatabaseTrouble.is(new CompositeException(new IllegalStateException(), trouble)));
  }

  @Test
  void aFaultOfOurOwnIsNone() {
    assertFalse(DatabaseTrouble.is(new IllegalStateException("Timeout")));
    assertFalse(DatabaseTrouble.is(new HibernateException(postgres("23505"))));
    assertFalse(DatabaseTrouble.is(new RuntimeException(new JsonParseException(null, "broken"))));
  }

  private static PgException postgres(String state) {
    return new PgException("refused", "FATAL", state, "");
  }
}
