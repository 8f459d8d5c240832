package marketplace.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  @Nested
  class A_database {
    @Test
    void lets_its_owner_make_tables_and_its_app_do_only_what_it_is_granted() throws SQLException {
      var database = TestPlatform.newDatabase();
      try (var owner = connect(database, database.owner());
          var app = connect(database, database.app())) {
        run(owner, "create table things (name text)");
        run(owner, "grant select, insert on things to " + database.app());

        run(app, "insert into things values ('one')");

        assertThat(query(app, "select name from things")).containsExactly("one");
        assertThatThrownBy(() -> run(app, "delete from things"))
            .hasMessageContaining("permission denied");
      }
    }

    @Test
    void lets_its_reader_read_everything_and_write_nothing() throws SQLException {
      var database = TestPlatform.newDatabase();
      try (var owner = connect(database, database.owner());
          var reader = connect(database, database.reader())) {
        run(owner, "create table things (name text)");

        assertThat(query(reader, "select name from things")).isEmpty();
        assertThatThrownBy(() -> run(reader, "insert into things values ('one')"))
            .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> run(reader, "create table mine (name text)"))
            .hasMessageContaining("permission denied");
      }
    }

    @Test
    void lets_its_relay_make_a_slot() throws SQLException {
      var database = TestPlatform.newDatabase();
      try (var relay = connect(database, database.relay())) {
        run(relay, "select pg_create_logical_replication_slot('probe', 'pgoutput')");
        run(relay, "select pg_drop_replication_slot('probe')");
      }
    }

    @Test
    void is_closed_to_the_roles_of_another_one() {
      var mine = TestPlatform.newDatabase();
      var other = TestPlatform.newDatabase();

      assertThatThrownBy(() -> connect(mine, other.app()).close())
          .hasMessageContaining("permission denied for database");
    }

    @Test
    void asks_for_the_password() {
      var database = TestPlatform.newDatabase();

      assertThatThrownBy(
              () -> DriverManager.getConnection(database.url(), database.app(), "wrong").close())
          .hasMessageContaining("password authentication failed");
    }

    @Test
    void is_made_once_however_often_it_is_asked_for() throws SQLException {
      var first = TestPlatform.database("again");
      try (var owner = connect(first, first.owner())) {
        run(owner, "create table kept (name text)");
      }

      var second = TestPlatform.database("again");

      assertThat(second).isEqualTo(first);
      try (var owner = connect(second, second.owner())) {
        assertThat(query(owner, "select name from kept")).isEmpty();
      }
    }

    @Test
    void has_a_name_that_needs_no_quotes() {
      var server = TestPlatform.postgres();

      assertThatThrownBy(() -> server.createDatabase("x; drop", "x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("was x; drop");
    }
  }

  @Nested
  class A_server_that_keeps_its_data {
    @TempDir Path directory;

    @Test
    void forces_every_commit_to_the_disk_and_logs_for_relays() throws SQLException {
      try (var server = start()) {
        var database = server.newDatabase();
        try (var connection = connect(database, database.app())) {
          assertThat(
                  List.of(
                      show(connection, "fsync"),
                      show(connection, "synchronous_commit"),
                      show(connection, "full_page_writes"),
                      show(connection, "wal_level"),
                      show(connection, "max_slot_wal_keep_size"),
                      show(connection, "listen_addresses")))
              .containsExactly("on", "on", "on", "logical", "8GB", "127.0.0.1");
          assertThat(show(connection, "server_version")).startsWith(PostgresServer.VERSION);
        }
      }
    }

    @Test
    void starts_again_after_it_was_killed_and_has_lost_nothing_that_was_committed()
        throws Exception {
      Database database;
      try (var server = start()) {
        database = server.createDatabase("survivor", "survivor");
        try (var owner = connect(database, database.owner())) {
          run(owner, "create table kept (name text)");
          run(owner, "insert into kept values ('one')");
          var postmaster = ProcessHandle.of(server.pid()).orElseThrow();
          postmaster.destroyForcibly();
          postmaster.onExit().join();
        }
      }

      try (var server = start()) {
        var again = server.createDatabase("survivor", "survivor");
        try (var reader = connect(again, again.reader())) {
          assertThat(query(reader, "select name from kept")).containsExactly("one");
        }
      }
    }

    @Test
    void refuses_a_directory_in_which_another_server_works() {
      try (var running = start()) {
        assertThatThrownBy(() -> start().close())
            .hasMessageContaining("already running on")
            .hasMessageContaining("process " + running.pid());
      }
    }

    private PostgresServer start() {
      return PostgresServer.at(
          directory.resolve("data"), Loopback.freePort(), directory.resolve("postgres.log"));
    }
  }

  private static Connection connect(Database database, String user) throws SQLException {
    return DriverManager.getConnection(database.url(), user, database.password());
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String show(Connection connection, String setting) throws SQLException {
    return query(connection, "show " + setting).getFirst();
  }

  private static List<String> query(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
