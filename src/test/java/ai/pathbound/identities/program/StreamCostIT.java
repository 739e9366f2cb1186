package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.SocketStream;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.program.LoginRows.LoginRow;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What open streams cost a replica while nothing happens. */
@Tag("faults")
class StreamCostIT {
  private static final int TENANTS = 10;
  private static final int OF_A_TENANT = 200;
  private static final int STREAMS = TENANTS * OF_A_TENANT;
  private static final long MOST_BYTES = 20 * 1024;
  private static final String COMMENT = ":\n\n";
  private static final String TRANSACTIONS =
      "select xact_commit + xact_rollback from pg_stat_database"
          + " where datname = current_database()";

  @Test
  void twoThousandStreamsCostLittleMemoryAndNoQueryEach() throws Exception {
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(Map.of());
        Program program = Program.start("stream-cost", surroundings.environment())) {
      // What the first ones load and fill stays for all.
      List<SocketStream> first = open(surroundings, program, "first");
      first.forEach(SocketStream::close);
      long heapBefore = heap(program);
      ResidentMemory resident = ResidentMemory.of(program);
      long residentBefore = resident.kibibytes();

      List<SocketStream> open = new ArrayList<>();
      for (int i = 0; i < TENANTS; i++) {
        open.addAll(open(surroundings, program, "tenant-" + i));
      }
      // Until the last of them was quiet for a while.
      open.forEach(stream -> stream.await(COMMENT));
      int transactionsBefore = surroundings.count(TRANSACTIONS);
      open.forEach(stream -> stream.await(COMMENT));
      int transactions = surroundings.count(TRANSACTIONS) - transactionsBefore;

      long heapEach = (heap(program) - heapBefore) / STREAMS;
      long residentEach = (resident.kibibytes() - residentBefore) * 1024 / STREAMS;
      System.out.printf(
          "%d open streams: %d bytes of heap and %d of resident memory each,"
              + " %d transactions of the whole replica between two comments%n",
          STREAMS, heapEach, residentEach, transactions);
      open.forEach(SocketStream::close);
      assertTrue(transactions < STREAMS / 2, transactions + " transactions while nothing happens");
      if (Program.isJar()) {
        assertTrue(heapEach < MOST_BYTES, heapEach + " bytes each");
      } else {
        assertTrue(residentEach < 2 * MOST_BYTES, residentEach + " bytes each");
      }
    }
  }

  private static List<SocketStream> open(
      ProductionEnvironment surroundings, Program program, String tenant) throws SQLException {
    String token = Tokens.of(tenant, "tester", Tokens.BOTH);
    int port = URI.create(program.url()).getPort();
    List<SocketStream> streams = new ArrayList<>();
    for (LoginRow login : new LoginRows(surroundings.owner()).insert(tenant, OF_A_TENANT)) {
      streams.add(SocketStream.open(port, login.path(), token));
    }
    return streams;
  }

  /** What lives in the heap, in bytes: the histogram collects first. 0 for a native executable. */
  private static long heap(Program program) throws IOException, InterruptedException {
    if (!Program.isJar()) {
      return 0;
    }
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked =
        new ProcessBuilder(
                jcmd.toString(), Long.toString(program.process().pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    String[] total = told.lines().reduce((a, b) -> b).orElseThrow().strip().split("\\s+");
    assertTrue(total[0].equals("Total"), told);
    return Long.parseLong(total[2]);
  }
}
