package marketplace.loadtest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/// Makes many closed orders of a few: their rows in all tables of a service, again and again, each
/// time under new ids. The published mark then says that Kafka has them all.
final class ManyOrders {
  /// What follows from other tables, or is of no order.
  private static final Set<String> LEFT_OUT =
      Set.of("flyway_schema_history", "idempotency", "published_mark", "follower");

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /// People read orders by sixteen digits, which have to differ too.
  private static final Pattern NUMBER = Pattern.compile("\\b[0-9]{16}\\b");

  private static final int BUFFER = 1 << 20;

  private final Platform platform;
  private final Set<String> shared;

  /// @param shared ids that all orders have in common: of the seller and his products
  ManyOrders(Platform platform, Set<String> shared) {
    this.platform = platform;
    this.shared = Set.copyOf(shared);
  }

  /// The services must not run.
  ///
  /// @param templates ids of orders that are there
  /// @param copies of each of them
  /// @return rows that were added
  long multiply(List<String> templates, int copies) throws Exception {
    var rows = 0L;
    try (var threads = Executors.newFixedThreadPool(2)) {
      var services = new ArrayList<Future<Long>>();
      for (var service : Platform.SERVICES) {
        services.add(threads.submit(() -> multiply(service, templates, copies)));
      }
      for (var service : services) rows += service.get();
    }
    return rows;
  }

  private long multiply(String service, List<String> templates, int copies)
      throws SQLException, IOException {
    var rows = 0L;
    try (var connection = platform.connect(platform.database(service))) {
      dropSlots(connection);
      for (var table : tables(connection)) {
        var text = rowsOf(connection, table, templates);
        if (text.isEmpty()) continue;
        rows += copy(connection, table, new Template(text, shared), copies);
        execute(connection, "analyze " + table);
      }
      execute(
          connection,
          "update published_mark set mark = pg_current_snapshot(),"
              + " acknowledged_lsn = pg_current_wal_insert_lsn()");
      execute(
          connection,
          "update follower set xid = pg_current_xact_id(),"
              + " position = (select max(position) from event)");
      execute(connection, "checkpoint");
    }
    return rows;
  }

  /// Or it would keep all that is written from now on for a relay that need not see it.
  private static void dropSlots(Connection connection) throws SQLException {
    execute(
        connection,
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots"
            + " where database = current_database()");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (var statement =
            connection.prepareStatement(
                "select relname from pg_class where relnamespace = 'public'::regnamespace"
                    + " and relkind in ('r', 'p') and not relispartition order by relname");
        var found = statement.executeQuery()) {
      while (found.next()) {
        if (!LEFT_OUT.contains(found.getString(1))) tables.add(found.getString(1));
      }
    }
    return tables;
  }

  /// Those that the database gives values by itself are left to it.
  private static String columns(Connection connection, String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (var statement =
        connection.prepareStatement(
            "select quote_ident(attname) from pg_attribute where attrelid = ?::regclass"
                + " and attnum > 0 and not attisdropped and attidentity = ''"
                + " and attgenerated = '' and attname <> 'xid' order by attnum")) {
      statement.setString(1, table);
      try (var found = statement.executeQuery()) {
        while (found.next()) columns.add(found.getString(1));
      }
    }
    return String.join(", ", columns);
  }

  private static String rowsOf(Connection connection, String table, List<String> templates)
      throws SQLException, IOException {
    var ids = "'(" + String.join("|", templates) + ")'";
    var text = new StringWriter();
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut(
            "copy (select %s from %s t where t::text ~ %s) to stdout"
                .formatted(columns(connection, table), table, ids),
            text);
    return text.toString();
  }

  private static long copy(Connection connection, String table, Template template, int copies)
      throws SQLException, IOException {
    var into =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy %s (%s) from stdin".formatted(table, columns(connection, table)));
    var buffer = new ByteArrayOutputStream(BUFFER * 2);
    for (var copy = 1; copy <= copies; copy++) {
      template.write(copy, buffer);
      if (buffer.size() < BUFFER && copy < copies) continue;
      into.writeToCopy(buffer.toByteArray(), 0, buffer.size());
      buffer.reset();
    }
    return into.endCopy();
  }

  /// Rows with holes for the ids that are new in each copy.
  private static final class Template {
    private final List<byte[]> between = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    Template(String text, Set<String> shared) {
      var holes = Pattern.compile(ID + "|" + NUMBER).matcher(text);
      var from = 0;
      while (holes.find()) {
        if (shared.contains(holes.group())) continue;
        between.add(text.substring(from, holes.start()).getBytes(StandardCharsets.UTF_8));
        ids.add(holes.group());
        from = holes.end();
      }
      between.add(text.substring(from).getBytes(StandardCharsets.UTF_8));
    }

    void write(int copy, ByteArrayOutputStream into) {
      Map<String, byte[]> names = new LinkedHashMap<>();
      for (var place = 0; place < ids.size(); place++) {
        into.writeBytes(between.get(place));
        into.writeBytes(names.computeIfAbsent(ids.get(place), id -> renamed(id, copy)));
      }
      into.writeBytes(between.getLast());
    }

    /// Everywhere the same new id for the same old one, whatever the table and the service.
    private static byte[] renamed(String id, int copy) {
      var text =
          id.length() == 16
              ? String.valueOf(
                  Math.floorMod(Long.parseLong(id) + copy * 7_919L, 10_000_000_000_000_000L))
              : renamed(UUID.fromString(id), copy).toString();
      return "%16s".formatted(text).replace(' ', '0').getBytes(StandardCharsets.US_ASCII);
    }

    private static UUID renamed(UUID id, int copy) {
      return new UUID(
          id.getMostSignificantBits(), id.getLeastSignificantBits() ^ ((long) copy << 8));
    }
  }
}
