package marketplace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import marketplace.platform.Database;
import marketplace.platform.Durability;
import marketplace.platform.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The embedded PostgreSQL, which all other tests run on, is what the others are held against.
class DatabasesTest {
  private static final Path SQL = DeployFiles.ROOT.resolve("deploy/postgres/databases.sql");
  private static final Path CLUSTER = DeployFiles.KUBERNETES.resolve("base/postgres/cluster.yaml");
  private static final Path DATABASES =
      DeployFiles.KUBERNETES.resolve("base/postgres/databases.yaml");

  private static final String ROLES =
      """
      select concat_ws(' ', role.rolname, role.rolcanlogin, role.rolreplication, role.rolsuper,
        role.rolcreaterole, role.rolcreatedb, role.rolbypassrls,
        (select string_agg(granted.rolname, ',') from pg_auth_members join pg_roles granted
          on granted.oid = roleid where member = role.oid))
      from pg_roles role where role.rolname ~ '^(order|seller|refund|dispute)_' order by 1
      """;
  private static final String DATABASE_RIGHTS =
      """
      select concat_ws(' ', datname, pg_get_userbyid(datdba), acl) from pg_database,
        unnest(datacl) acl where datname like '%\\_service' order by 1
      """;

  private static PostgresServer embedded = PostgresServer.temporary(Durability.DURABLE);

  @BeforeAll
  static void makeTheDatabases() {
    for (var service : Applications.SERVICES) {
      embedded.createDatabase(service + "_service", service);
    }
  }

  @AfterAll
  static void stop() {
    embedded.close();
  }

  @Test
  void the_composed_server_has_the_same_roles_and_rights() throws SQLException {
    try (var composed = PostgresServer.temporary(Durability.FAST);
        var there = superuser(composed);
        var here = superuser(embedded)) {
      for (var statement : DeployFiles.text(SQL).replaceAll("(?m)^--.*$", "").split(";", -1)) {
        if (!statement.isBlank()) execute(there, statement);
      }
      assertThat(rows(there, ROLES)).isEqualTo(rows(here, ROLES)).hasSize(16);
      assertThat(rows(there, DATABASE_RIGHTS)).isEqualTo(rows(here, DATABASE_RIGHTS)).isNotEmpty();
    }
  }

  @Test
  void the_composed_server_has_the_same_settings() throws SQLException {
    try (var here = superuser(embedded)) {
      var options = DeployFiles.compose().at("/services/postgres/command");
      assertThat(options).hasSizeGreaterThan(1);
      for (var i = 1; i < options.size(); i++) {
        var option = options.get(i).asText().substring("-c".length()).split("=", 2);
        assertThat(setting(here, option[0])).as(option[0]).isEqualTo(option[1]);
      }
    }
  }

  @Test
  void the_cluster_has_the_same_roles_in_the_same_databases() throws SQLException {
    var cluster = DeployFiles.ofKind(CLUSTER, "Cluster").getFirst();
    var declared = new TreeSet<String>();
    for (var role : cluster.at("/spec/managed/roles")) {
      declared.add(
          "%s %s %s f f f f%s"
              .formatted(
                  role.path("name").asText(),
                  flag(role, "login"),
                  flag(role, "replication"),
                  role.has("inRoles") ? " " + role.at("/inRoles/0").asText() : ""));
    }
    try (var here = superuser(embedded)) {
      assertThat(declared).containsExactlyElementsOf(new TreeSet<>(rows(here, ROLES)));
      var databases = new ArrayList<String>();
      for (var database : DeployFiles.ofKind(DATABASES, "Database")) {
        databases.add(
            database.at("/spec/name").asText() + " " + database.at("/spec/owner").asText());
      }
      assertThat(databases)
          .containsExactlyInAnyOrderElementsOf(
              rows(
                  here,
                  """
                  select datname || ' ' || pg_get_userbyid(datdba) from pg_database
                  where datname like '%\\_service'
                  """));
    }
  }

  /// In the cluster the server's own list of who may come in says what revoking says elsewhere.
  @Test
  void the_cluster_lets_each_role_into_its_own_database_alone() {
    var rules = DeployFiles.ofKind(CLUSTER, "Cluster").getFirst().at("/spec/postgresql/pg_hba");
    var lines = new ArrayList<String>();
    rules.forEach(rule -> lines.add(rule.asText()));
    var expected = new ArrayList<String>();
    for (var service : Applications.SERVICES) {
      var database = new Database(service + "_service", service, 0);
      var roles = List.of(database.owner(), database.app(), database.relay(), database.reader());
      expected.add(
          "hostssl %s %s all scram-sha-256".formatted(database.name(), String.join(",", roles)));
    }
    expected.add("host all all all reject");
    assertThat(lines).isEqualTo(expected);
  }

  @Test
  void the_cluster_sets_what_the_server_knows() throws SQLException {
    var parameters =
        DeployFiles.ofKind(CLUSTER, "Cluster").getFirst().at("/spec/postgresql/parameters");
    try (var here = superuser(embedded)) {
      for (var parameter : parameters.properties()) {
        assertThat(
                rows(
                    here,
                    "select 1 from pg_settings where lower(name) = '%s'"
                        .formatted(parameter.getKey())))
            .as(parameter.getKey())
            .hasSize(1);
      }
      assertThat(parameters.path("wal_level").asText()).isEqualTo(setting(here, "wal_level"));
      assertThat(parameters.path("max_slot_wal_keep_size").asText())
          .isEqualTo(setting(here, "max_slot_wal_keep_size"));
    }
  }

  private static String flag(JsonNode role, String name) {
    return role.path(name).asBoolean() ? "t" : "f";
  }

  private static Connection superuser(PostgresServer server) throws SQLException {
    return server.connectAsSuperuser(new Database("postgres", "postgres", server.port()));
  }

  /// As one writes it: with its unit where it has one.
  private static String setting(Connection connection, String name) throws SQLException {
    return rows(
            connection,
            "select setting || case unit when 'MB' then unit else '' end from pg_settings"
                + " where lower(name) = '%s'".formatted(name))
        .getFirst();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    var rows = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      while (result.next()) rows.add(result.getString(1));
    }
    return rows;
  }
}
