package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The CHECKs of the table and the states of the model, asked about the same rows. */
class ChecksTest {
  private static final int RANDOM = 10_000;
  private static final TenantId TENANT = new TenantId("acme");
  private static final String TRY =
      """
      create function refused(candidate jsonb) returns boolean language plpgsql as $$
      begin
        insert into login_session select * from jsonb_populate_record(null::login_session, candidate);
        raise exception 'legal' using errcode = 'ZZ000';
      exception
        when check_violation or not_null_violation then return true;
        when sqlstate 'ZZ000' then return false;
      end $$
      """;

  private static TestStore store;

  @BeforeAll
  static void start() throws SQLException {
    store = new TestStore();
    store.execute(TRY);
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void theDatabaseRefusesEveryRowThatIsNoState() throws SQLException {
    IdentityId identity = store.newIdentity(TENANT);
    store.logIn(TENANT, identity);
    long seed = Long.getLong("sequences.seed", System.nanoTime());
    List<CandidateRow> rows = rows(new Random(seed));
    List<String> disagreements = new ArrayList<>();
    int legal = 0;
    try (Connection connection = store.owner().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select refused(r) from jsonb_array_elements(?::jsonb) with ordinality a (r, n)"
                    + " order by n")) {
      StringBuilder json = new StringBuilder("[");
      rows.forEach(
          row -> json.append(json.length() > 1 ? "," : "").append(row.json(TENANT, identity)));
      statement.setString(1, json.append("]").toString());
      // The login that is there already would be in the way of every other.
      try (Statement clear = connection.createStatement()) {
        clear.execute("delete from login_session");
      }
      try (ResultSet refused = statement.executeQuery()) {
        for (CandidateRow row : rows) {
          refused.next();
          legal += row.isLegal() ? 1 : 0;
          if (refused.getBoolean(1) == row.isLegal()) {
            disagreements.add(row.toString());
          }
        }
      }
    }
    assertEquals(List.of(), disagreements, "seed " + seed);
    assertTrue(legal > 100 && legal < rows.size() - 100, legal + " of " + rows.size());
  }

  /** Random rows, and each legal one among many with one thing changed. */
  private static List<CandidateRow> rows(Random random) {
    List<CandidateRow> rows = new ArrayList<>();
    for (int i = 0; i < RANDOM; i++) {
      rows.add(CandidateRow.random(random));
    }
    int tried = 0;
    while (rows.size() < 2 * RANDOM && tried++ < 400 * RANDOM) {
      CandidateRow row = CandidateRow.random(random);
      if (row.isLegal()) {
        rows.add(row);
        for (int column = 0; column < CandidateRow.COLUMNS; column++) {
          rows.add(row.withAnother(column, random));
        }
      }
    }
    return rows;
  }
}
