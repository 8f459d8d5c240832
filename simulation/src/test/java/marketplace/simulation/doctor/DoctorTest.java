package marketplace.simulation.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.eventsourcing.messaging.ProducerSettings;
import marketplace.platform.Database;
import marketplace.platform.KafkaBroker;
import marketplace.platform.Loopback;
import marketplace.platform.TestPlatform;
import marketplace.simulation.doctor.Finding.Verdict;
import marketplace.simulation.doctor.Installation.Login;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A small installation with a database, a topic and the books of a refund-service.
class DoctorTest {
  private static final String SERVICE = "order-service";
  private static final String STREAM = "order-019a0000-0000-7000-8000-000000000001";
  private static final String TOPIC = "order.events.v1";

  private final Database database = TestPlatform.newDatabase();
  private final KafkaBroker broker = KafkaBroker.temporary();
  private String books = "[{\"id\": \"M1\", \"ok\": true, \"checked\": 3, \"failures\": []}]";
  private final HttpServer refunds = refunds();

  private HttpServer refunds() {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(Loopback.HOST), 0), 0);
      server.createContext(
          "/v1/invariants",
          exchange -> {
            var body = books.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Three events, of which the first and the last have a message; all are published.
  @BeforeEach
  void build() throws Exception {
    for (var file : List.of("V001__event_store.sql", "V002__relay.sql")) {
      execute(
          migration(file)
              .replace("${app_role}", database.app())
              .replace("${relay_role}", database.relay()));
    }
    execute("grant select on all tables in schema public to " + database.reader());
    store(1, 0, true);
    store(2, 1, false);
    store(3, 1, true);
    execute("insert into published_mark values (true, pg_current_snapshot(), '0/0')");
    execute(
        "select pg_create_logical_replication_slot('doctor_'"
            + " || (select oid from pg_database where datname = current_database()), 'pgoutput')");
    try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    tell(1, 0);
    tell(3, 1);
  }

  @AfterEach
  void stop() throws SQLException {
    execute(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots"
            + " where database = current_database()");
    refunds.stop(0);
    broker.close();
  }

  @Test
  void what_is_well_is_said_to_be_so() {
    assertThat(examine())
        .contains(
            new Finding(SERVICE, "stored streams", Verdict.OK, "no gap"),
            new Finding(SERVICE, "outbox", Verdict.OK, "0 events wait to be published"),
            new Finding(SERVICE, "stored and told", Verdict.OK, "2 events"),
            new Finding(SERVICE, "told and stored", Verdict.OK, "2 events"),
            new Finding(SERVICE, "told streams", Verdict.OK, "no gap, 0 records repeat an event"),
            new Finding("refund-service", "books, M1", Verdict.OK, "3 looked at"))
        .noneMatch(finding -> finding.verdict() == Verdict.FAILED);
  }

  @Test
  void a_slot_that_nobody_reads_is_pointed_out_and_one_that_is_missing_is_a_failure()
      throws SQLException {
    assertThat(of("replication slot"))
        .satisfies(slot -> {
          assertThat(slot.verdict()).isEqualTo(Verdict.WARNING);
          assertThat(slot.detail()).contains("read by nobody");
        });

    execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots");
    assertThat(of("replication slot").verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void an_event_that_is_said_to_be_on_kafka_and_is_not_is_found() throws SQLException {
    var id = store(4, 3, true);
    execute("update published_mark set mark = pg_current_snapshot()");

    assertThat(failure("stored and told")).contains("1 events are said").contains(id.toString());
  }

  @Test
  void an_event_that_waits_for_a_minute_is_found() throws SQLException {
    store(4, 3, true);
    assertThat(of("outbox").verdict()).isEqualTo(Verdict.OK);

    execute("update event set recorded_at = now() - interval '2 minutes' where version = 4");
    assertThat(failure("outbox")).startsWith("1 events wait to be published, the oldest for 12");
  }

  @Test
  void an_event_that_is_on_kafka_only_is_found() throws Exception {
    tell(4, 3);

    assertThat(failure("told and stored")).startsWith("1 events are on Kafka and not stored");
  }

  @Test
  void what_is_stored_after_the_tables_were_read_is_no_finding() throws Exception {
    store(4, 3, true);
    tell(4, 3);

    assertThat(of("told and stored").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void a_gap_in_a_stored_stream_is_found() throws SQLException {
    execute("delete from event where version = 2");

    assertThat(failure("stored streams")).contains(STREAM + " at version 3");
  }

  @Test
  void an_event_that_names_the_wrong_one_before_it_is_found() throws SQLException {
    execute("update event set previous_published = 2 where version = 3");

    assertThat(failure("stored streams")).contains(STREAM + " at version 3");
  }

  @Test
  void events_that_overtook_each_other_on_their_way_are_found_and_repeated_ones_are_not()
      throws Exception {
    tell(1, 0);
    assertThat(of("told streams").detail()).isEqualTo("no gap, 1 records repeat an event");

    store(4, 3, true);
    store(5, 4, true);
    tell(5, 4);
    tell(4, 3);
    assertThat(failure("told streams")).contains("version 5 after 3, not 4");
  }

  @Test
  void records_that_nobody_could_apply_are_pointed_out() throws SQLException {
    execute(
        """
        insert into set_aside (kind, awaits, reason, topic, partition_number, record_offset,
          headers, received_at, recorded_at)
        values ('FAULTY', 'x', 'division by zero', 't', 0, 0, '{}', now(), now()),
          ('PARKED', 'y', 'order-y is not open yet', 't', 0, 1, '{}', now(), now())
        """);

    assertThat(examine())
        .contains(
            new Finding(
                SERVICE, "records set aside", Verdict.WARNING, "1 FAULTY, e.g. division by zero"),
            new Finding(
                SERVICE,
                "records set aside",
                Verdict.OK,
                "1 PARKED, e.g. order-y is not open yet"));
  }

  @Test
  void books_that_do_not_balance_are_found() {
    books =
        "[{\"id\": \"M2\", \"ok\": false, \"checked\": 3, \"failures\": [{\"detail\": \"7\"}]}]";

    assertThat(failure("books, M2")).isEqualTo("[{\"detail\":\"7\"}]");
  }

  @Test
  void who_is_not_there_is_a_finding() {
    var nowhere = "127.0.0.1:" + Loopback.freePort();
    var findings =
        Doctor.examine(
            new Installation(
                Map.of(SERVICE, new Login("jdbc:postgresql://%s/x".formatted(nowhere), "u", "p")),
                Map.of("bootstrap.servers", nowhere, "default.api.timeout.ms", 2_000),
                URI.create("http://" + nowhere)));

    assertThat(findings)
        .extracting(Finding::subject, Finding::verdict)
        .containsExactly(
            tuple(SERVICE, Verdict.FAILED),
            tuple("kafka", Verdict.FAILED),
            tuple("refund-service", Verdict.FAILED));
  }

  private List<Finding> examine() {
    return Doctor.examine(
        new Installation(
            Map.of(SERVICE, new Login(database.url(), database.reader(), database.password())),
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            URI.create("http://%s:%d".formatted(Loopback.HOST, refunds.getAddress().getPort()))));
  }

  private Finding of(String check) {
    return examine().stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private String failure(String check) {
    var finding = of(check);
    assertThat(finding.verdict()).as(finding.detail()).isEqualTo(Verdict.FAILED);
    return finding.detail();
  }

  private static UUID id(int version) {
    return UUID.nameUUIDFromBytes(("event " + version).getBytes(StandardCharsets.UTF_8));
  }

  private UUID store(int version, int previous, boolean hasMessage) throws SQLException {
    execute(
        """
        insert into event (event_id, stream, version, previous_published, has_message, type, data,
          correlation_id, causation_id, actor, origin, time)
        values ('%1$s', '%2$s', %3$d, %4$d, %5$b, 'order.placed', '{}', '%1$s', '%1$s', 'BUYER',
          'SERVICE', now())
        """
            .formatted(id(version), STREAM, version, previous, hasMessage));
    return id(version);
  }

  private void tell(int version, int previous) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            ProducerSettings.inOrder(Map.of("bootstrap.servers", broker.bootstrapServers())),
            new StringSerializer(),
            new StringSerializer())) {
      var record = new ProducerRecord<>(TOPIC, "key", "{}");
      var headers = new HashMap<String, String>();
      headers.put("ce_id", id(version).toString());
      headers.put("ce_source", "/" + SERVICE);
      headers.put("ce_subject", STREAM);
      headers.put("ce_streamversion", String.valueOf(version));
      headers.put("ce_previousversion", String.valueOf(previous));
      headers.forEach(
          (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      producer.send(record).get();
    }
  }

  private static String migration(String file) throws IOException {
    try (InputStream in = DoctorTest.class.getResourceAsStream("/db/event-sourcing/" + file)) {
      if (in == null) throw new IllegalStateException(file + " is not there");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = TestPlatform.postgres().connectAsSuperuser(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
