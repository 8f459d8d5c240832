package marketplace.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// How a database is made: the same on every server, so that roles and rights are.
final class Databases {
  private static final Pattern SIMPLE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,40}");

  private static final AtomicInteger FRESH = new AtomicInteger();

  private Databases() {}

  static String freshName() {
    return "fresh_" + FRESH.incrementAndGet();
  }

  static Database create(Postgres server, String name, String rolePrefix) {
    requireSimple(name);
    requireSimple(rolePrefix);
    var first = new Database("postgres", "postgres", server.host(), server.port());
    var database = new Database(name, rolePrefix, server.host(), server.port());
    try (var connection = server.connectAsSuperuser(first)) {
      var roles = List.of(database.owner(), database.app(), database.relay(), database.reader());
      for (var role : roles) {
        if (!exists(connection, "select from pg_roles where rolname = ?", role)) {
          run(connection, "create role %s login password '%s'".formatted(role, Database.PASSWORD));
        }
      }
      run(connection, "alter role %s replication".formatted(database.relay()));
      run(connection, "grant pg_read_all_data to " + database.reader());
      if (!exists(connection, "select from pg_database where datname = ?", name)) {
        run(connection, "create database %s owner %s".formatted(name, database.owner()));
      }
      // Each service knows only its own database.
      run(connection, "revoke connect on database %s from public".formatted(name));
      run(
          connection,
          "grant connect on database %s to %s".formatted(name, String.join(", ", roles)));
    } catch (SQLException e) {
      throw new IllegalStateException("could not create the database " + name, e);
    }
    return database;
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var found = statement.executeQuery()) {
        return found.next();
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Names stand in statements that take no parameters.
  private static void requireSimple(String name) {
    if (!SIMPLE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name must match %s, was %s".formatted(SIMPLE_NAME, name));
    }
  }
}
