package ai.pathbound.identities.program;

import ai.pathbound.identities.login.WaitingLogins;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Logins that wait for a code, and how they change, all by the database's owner. */
record LoginRows(DataSource owner) {
  /** A login. */
  record LoginRow(String tenant, UUID identity, UUID session) {
    String path() {
      return WaitingLogins.path(identity, session);
    }
  }

  /** Makes them. */
  List<LoginRow> insert(String tenant, int count) throws SQLException {
    List<LoginRow> logins = new ArrayList<>();
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(WaitingLogins.insert(tenant, count))) {
      while (rows.next()) {
        logins.add(
            new LoginRow(tenant, rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
      }
    }
    return logins;
  }

  /** LinkedIn asks for another code; the version then. */
  long askAnew(LoginRow login) throws SQLException {
    return number(
        "update login_session set challenge = case challenge when 'sms_code' then 'email_code' else"
            + " 'sms_code' end, updated_at = now() where id = ? returning version",
        login);
  }

  /** The version. */
  long version(LoginRow login) throws SQLException {
    return number("select version from login_session where id = ?", login);
  }

  private long number(String sql, LoginRow login) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, login.session());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
