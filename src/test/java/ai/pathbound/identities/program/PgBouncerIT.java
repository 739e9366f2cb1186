package ai.pathbound.identities.program;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.EventStream;
import ai.pathbound.identities.ListReader;
import ai.pathbound.identities.ManyIdentities;
import ai.pathbound.identities.ReadmeFlow;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.database.ConnectionPool;
import ai.pathbound.identities.login.history.History;
import ai.pathbound.identities.program.LoginRows.LoginRow;
import ai.pathbound.identities.program.RetryingClients.ClientLogin;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two replicas behind a PgBouncer in transaction mode, set up as docs/operations.md says: nothing
 * is kept on a connection, nobody listens, and the poll finds every login.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgBouncerIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int LOGINS = 40;
  // Ten parts of a list, and more than the buffers on the way hold.
  private static final int MANY = 5_000;
  private static final String IDS = "identities.identity_id";
  private static final Pattern CLAIMED =
      Pattern.compile("(?m)^identities_login_time_to_claim_seconds_(count|sum|max)\\S* (\\S+)$");

  private TlsDatabase database;
  private PgBouncer bouncer;
  private History history;
  private Program one;
  private Program other;
  private final Client client = Client.ofNewTenant();

  @BeforeAll
  void start() throws Exception {
    database = new TlsDatabase();
    // Past the pooler: Flyway's lock is the session's.
    try (Program migrating =
        database.migration("bouncer-init", "localhost", database.authority())) {
      assertEquals(0, migrating.ended(), migrating.log());
    }
    database.execute("alter role tls_service set statement_timeout = '10s'");
    database.execute("alter role tls_service set idle_in_transaction_session_timeout = '5s'");
    database.execute("alter role tls_service set jit = off");
    for (String way : ConnectionPool.WAYS_TO_READ_MUCH) {
      database.execute("alter role tls_service set " + way + " = off");
    }
    history = new History(database.owner());
    bouncer = PgBouncer.before(database);
    Map<String, String> environment =
        database.serving("localhost", bouncer.port(), database.authority());
    environment.put("IDENTITIES_DATABASE_TRANSACTION_POOLER", "true");
    one = Program.start("bouncer-one", environment);
    other = Program.start("bouncer-other", environment);
    for (Program program : List.of(one, other)) {
      Awaitility.await().atMost(SOON).until(() -> ProgramClient.ready(program) == 200);
    }
  }

  @AfterAll
  void stop() throws Exception {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
    for (AutoCloseable each : new AutoCloseable[] {other, one, bouncer, database}) {
      if (each != null) {
        each.close();
      }
    }
  }

  @BeforeEach
  void callOne() {
    RestAssured.baseURI = one.url();
  }

  @Test
  void theFlowOfTheReadmeGoesThrough() throws Exception {
    ReadmeFlow.paste(URI.create(one.url()).getAuthority(), 20);
  }

  @Test
  void everyCallIsAnsweredAsEver() {
    String identity = client.newIdentity();
    String path = IDENTITIES + "/" + identity;
    client.request().get(IDENTITIES).then().statusCode(200).body("identities", hasSize(1));
    client.request().get(path).then().statusCode(200).body("identity.role", equalTo("CTO"));
    client
        .json(Map.of("role", "CEO"))
        .put(path)
        .then()
        .statusCode(200)
        .body("identity.role", equalTo("CEO"));
    String session = client.loggingIn(identity, "ada+2fa@example.com");
    assertEquals(
        "awaiting_2fa", client.settled(identity, session).getString("login_result.status"));
    client.code(identity, session, "654321").then().statusCode(200);
    assertEquals(
        4, client.settled(identity, session).getInt("login_result.challenge.attempts_remaining"));
    // Somebody else's turn: the other replica gives the code to whoever polls first.
    RestAssured.baseURI = other.url();
    client.code(identity, session, "123456").then().statusCode(200);
    assertEquals("completed", client.ended(identity, session).getString("login_result.status"));
    client.check(identity).then().statusCode(200).body("connected", equalTo(true));
    client.request().delete(path + "/linkedin").then().statusCode(200);
    client.check(identity).then().statusCode(200).body("connected", equalTo(false));
    client.request().delete(path).then().statusCode(200);
    client.request().get(path).then().statusCode(404);
    client.request().get("/v1/audit").then().statusCode(200);
  }

  @Test
  void manyLogInAtATimeAndNoneIsDrivenTwice() throws Exception {
    List<ClientLogin> codes = new ArrayList<>();
    try (RetryingClients crowd = new RetryingClients(() -> List.of(one.url(), other.url()))) {
      crowd.keepLoggingIn(4, "ada@example.com");
      for (int i = 0; i < LOGINS; i++) {
        codes.add(crowd.logIn("codes", "ada+2fa@example.com"));
      }
      for (ClientLogin login : codes) {
        Awaitility.await()
            .atMost(SOON)
            .until(() -> history.standing(login.row()).equals("awaiting_2fa"));
        crowd.code(login);
      }
      crowd.stop();
      history.awaitEnds();
      assertEquals(List.of(), crowd.failures());
      assertEquals(List.of(), crowd.wrong());
      crowd.logins().forEach(l -> assertEquals("completed", history.standing(l.row())));
      assertEquals(List.of(), history.complaints(crowd.rows(), Optional.empty()));
    }
    for (Program program : List.of(one, other)) {
      System.out.println("behind PgBouncer, " + timesToClaim(program));
    }
  }

  /** How long logins waited for a worker; printed, not judged. */
  private static String timesToClaim(Program program) {
    StringBuilder told = new StringBuilder("seconds until a login was claimed:");
    Matcher claimed = CLAIMED.matcher(RestAssured.get(program.url() + "/q/metrics").asString());
    while (claimed.find()) {
      told.append(' ').append(claimed.group(1)).append(' ').append(claimed.group(2));
    }
    return told.toString();
  }

  @Test
  void aStreamTellsOfEachChangeThoughNobodyListens() throws Exception {
    LoginRows rows = new LoginRows(database.owner());
    LoginRow login = rows.insert("streams", 1).get(0);
    String token = Tokens.of("streams", "tester", Tokens.BOTH);
    try (EventStream stream = EventStream.open(one.url() + login.path(), token, Optional.empty());
        EventStream beside =
            EventStream.open(other.url() + login.path(), token, Optional.empty())) {
      for (EventStream each : List.of(stream, beside)) {
        assertEquals(200, each.status());
        assertEquals("1", each.next().orElseThrow().id());
      }
      for (int i = 0; i < 3; i++) {
        String version = Long.toString(rows.askAnew(login));
        assertEquals(version, stream.next().orElseThrow().id());
        assertEquals(version, beside.next().orElseThrow().id());
      }
    }
  }

  @Test
  void longListsAreWholeAlsoBesideAReaderThatPauses() throws Exception {
    Client many = Client.ofNewTenant();
    ManyIdentities.make(database.owner(), many.tenant(), MANY);
    try (ListReader pausing = new ListReader(URI.create(one.url()).getPort(), many.tenant())) {
      pausing.readChunk();
      for (Program program : List.of(one, other)) {
        RestAssured.baseURI = program.url();
        List<String> ids =
            many.request().get(IDENTITIES).then().statusCode(200).extract().path(IDS);
        assertEquals(MANY, ids.size());
        assertEquals(ids.stream().sorted().distinct().toList(), ids);
      }
      assertTrue(pausing.readsToItsEnd());
      assertEquals(MANY, JsonPath.from(pausing.body()).getList(IDS).size());
    }
  }

  @Test
  void theRolesTimeoutEndsAStatementThatWaits() throws Exception {
    client.newIdentity();
    try (Connection locking = database.owner().getConnection();
        Statement lock = locking.createStatement()) {
      locking.setAutoCommit(false);
      lock.execute("lock table identity in access exclusive mode");
      ProgramClient.Reply reply = ProgramClient.identities(one);
      assertEquals(503, reply.status(), reply.body());
      assertTrue(reply.saysWhen(), "it says when to try again");
    }
    Awaitility.await().atMost(SOON).until(() -> ProgramClient.identities(one).status() == 200);
  }

  @Test
  void nobodyListensAndNobodyComplains() throws Exception {
    client.connect(client.newIdentity(), "ada@example.com");
    assertEquals(
        0, database.count("pg_stat_activity where query ilike 'listen%' or query = 'select 1'"));
    for (Program program : List.of(one, other)) {
      assertTrue(!program.log().contains("listening:"), program::log);
      assertTrue(!program.log().contains(" ERROR "), program::errors);
    }
    for (String refused : List.of("unsupported startup parameter", "prepared statement")) {
      assertTrue(!bouncer.log().contains(refused), bouncer.log());
    }
  }
}
