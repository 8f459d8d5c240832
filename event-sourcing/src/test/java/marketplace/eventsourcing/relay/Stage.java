package marketplace.eventsourcing.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.platform.Database;
import marketplace.platform.TestPlatform;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A database and a topic of one test's own, with what it does to the one and sees on the other.
public final class Stage {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final AtomicInteger STAGES = new AtomicInteger();

  public final Database database = TestPlatform.newDatabase();
  public final String service = "stage-%d-service".formatted(STAGES.incrementAndGet());
  public final String topic = service + ".events.v1";
  public final String bootstrapServers;

  public Stage() {
    this(TestPlatform.kafka().bootstrapServers());
  }

  Stage(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    migrate("V001__event_store.sql");
    migrate("V002__relay.sql");
    migrate("R__inbox_months.sql");
  }

  private void migrate(String file) {
    try (var sql = Stage.class.getResourceAsStream("/db/event-sourcing/" + file);
        var connection = connect(database.owner());
        var statement = connection.createStatement()) {
      if (sql == null) throw new IllegalStateException("no migration " + file);
      statement.execute(
          new String(sql.readAllBytes(), UTF_8)
              .replace("${app_role}", database.app())
              .replace("${relay_role}", database.relay()));
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Impatient, so that tests are short.
  RelaySettings settings() {
    return settings(service);
  }

  RelaySettings settings(String named) {
    return new RelaySettings(
        named,
        database.url(),
        database.relay(),
        database.password(),
        Map.of("bootstrap.servers", bootstrapServers),
        3,
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofMillis(100),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(15));
  }

  public Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(database.url(), role, database.password());
  }

  /// A transaction of the service, for the caller to commit.
  Writer writer() throws SQLException {
    var connection = connect(database.app());
    connection.setAutoCommit(false);
    return new Writer(connection);
  }

  static StreamId newStream() {
    return new StreamId(Notes.CATEGORY, UUID.randomUUID());
  }

  /// Appends as the store does. The caller keeps the versions in order.
  static final class Writer implements AutoCloseable {
    private static final String INSERT =
        """
        insert into event (event_id, stream, version, previous_published, has_message, type, data,
          correlation_id, causation_id, actor, origin, run_id, traceparent, time)
        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, 'BUYER:1', 'SERVICE', null, null, ?)
        """;

    private final Connection connection;

    private Writer(Connection connection) {
      this.connection = connection;
    }

    Writer said(StreamId stream, int version) throws SQLException {
      return append(stream, version, version - 1, true, Notes.SAID);
    }

    Writer append(
        StreamId stream, int version, int previousPublished, boolean hasMessage, String type)
        throws SQLException {
      try (var statement = connection.prepareStatement(INSERT)) {
        statement.setObject(1, StoredEvent.eventId(stream, version));
        statement.setString(2, stream.toString());
        statement.setInt(3, version);
        statement.setInt(4, previousPublished);
        statement.setBoolean(5, hasMessage);
        statement.setString(6, type);
        statement.setString(7, "{\"text\":\"%d\"}".formatted(version));
        statement.setObject(8, stream.id());
        statement.setObject(9, stream.id());
        statement.setObject(10, OffsetDateTime.of(2026, 1, 5, 9, 0, 0, 0, ZoneOffset.UTC));
        statement.executeUpdate();
      }
      return this;
    }

    Writer commit() throws SQLException {
      connection.commit();
      return this;
    }

    void rollBack() throws SQLException {
      connection.rollback();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  void say(StreamId stream, int... versions) throws SQLException {
    try (var writer = writer()) {
      for (var version : versions) writer.said(stream, version);
      writer.commit();
    }
  }

  public long count(String query) throws SQLException {
    try (var connection = TestPlatform.postgres().connectAsSuperuser(database);
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  /// The first column of each row.
  public List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (var connection = TestPlatform.postgres().connectAsSuperuser(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) texts.add(rows.getString(1));
    }
    return texts;
  }

  /// What everybody on the server does: it tells whom a relay waits for.
  public String sessions() throws SQLException {
    return String.join(
        "\n",
        texts(
            """
            select concat_ws(' | ', pid, datname, application_name, state, wait_event,
              now() - xact_start, backend_xid, pg_blocking_pids(pid), query)
            from pg_stat_activity
            union all select s::text from pg_replication_slots s
            """));
  }

  public void execute(String statement) throws SQLException {
    try (var connection = TestPlatform.postgres().connectAsSuperuser(database);
        var executed = connection.createStatement()) {
      executed.execute(statement);
    }
  }

  long unpublished() throws SQLException {
    return count(PublishedMark.COUNT_UNPUBLISHED);
  }

  void dropSlot() throws SQLException {
    await(
        "the slot is free",
        () ->
            count("select count(*) from pg_replication_slots where active and " + thisSlot()) == 0);
    execute("select pg_drop_replication_slot('%s')".formatted(settings().slot()));
  }

  /// A server has few slots, and each keeps the log for its reader.
  public void end() throws SQLException {
    var here = "where database = '%s'".formatted(database.name());
    execute("select pg_terminate_backend(active_pid) from pg_replication_slots " + here);
    await(
        "no slot is in use",
        () -> count("select count(active_pid) from pg_replication_slots " + here) == 0);
    execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots " + here);
  }

  void createSlotByHand() throws SQLException {
    execute(
        "select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(settings().slot()));
  }

  String thisSlot() {
    return "slot_name = '%s'".formatted(settings().slot());
  }

  /// Every record of the topic, each partition in its order.
  List<ConsumerRecord<String, byte[]>> published() {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      var records = new ArrayList<ConsumerRecord<String, byte[]>>();
      if (!consumer.listTopics().containsKey(topic)) return records;
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  static String header(ConsumerRecord<String, byte[]> read, String name) {
    var header = read.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  /// Compares the whole table with the whole topic: each event with a message is there, nothing
  /// else is, and each stream's events first appear in their order, without a gap.
  ///
  /// @return how many records were repeats
  public int judge() throws SQLException {
    var expected = new HashSet<>(texts("select event_id from event where has_message"));
    Set<String> seen = new HashSet<>();
    Map<String, Integer> last = new HashMap<>();
    var repeated = 0;
    for (var read : published()) {
      if (!seen.add(header(read, "ce_id"))) {
        repeated++;
        continue;
      }
      var stream = header(read, "ce_subject");
      assertThat(Integer.parseInt(header(read, "ce_previousversion")))
          .as("%s is followed by version %s", stream, header(read, "ce_streamversion"))
          .isEqualTo(last.getOrDefault(stream, 0));
      last.put(stream, Integer.parseInt(header(read, "ce_streamversion")));
    }
    var missing = new HashSet<>(expected);
    missing.removeAll(seen);
    assertThat(missing).as("stored and never published").isEmpty();
    assertThat(seen).as("published and never stored").hasSameSizeAs(expected);
    return repeated;
  }

  /// The numbers of each stream's records as they lie on the topic, repeats included.
  Map<String, List<Integer>> versions() {
    Map<String, List<Integer>> versions = new LinkedHashMap<>();
    for (var read : published()) {
      versions
          .computeIfAbsent(header(read, "ce_subject"), _ -> new ArrayList<>())
          .add(Integer.parseInt(header(read, "ce_streamversion")));
    }
    return versions;
  }

  public void awaitAllPublished() {
    await("everything is published", () -> unpublished() == 0);
  }

  public static void await(String what, Callable<Boolean> condition) {
    var begun = System.nanoTime();
    try {
      while (!condition.call()) {
        if (System.nanoTime() - begun > PATIENCE.toNanos()) {
          throw new AssertionError("waited %s until %s".formatted(PATIENCE, what));
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }
}
