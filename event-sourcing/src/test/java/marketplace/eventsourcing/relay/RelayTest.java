package marketplace.eventsourcing.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.relay.RelayProbe.Step;
import marketplace.eventsourcing.relay.RelayStatus.State;
import marketplace.platform.KafkaBroker;
import marketplace.platform.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTest {
  private final Deque<Relay> relays = new ArrayDeque<>();

  private Stage stage = new Stage();

  /// Of the relay that was started last.
  private SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private Relay start() {
    meters = new SimpleMeterRegistry();
    var relay = new Relay(stage.settings(), List.of(Notes.publishedOn(stage.topic)), meters);
    relays.push(relay);
    relay.start();
    return relay;
  }

  /// Making the first slot waits for every open transaction: a test that opens one starts so.
  private Relay startAndAwait() {
    var relay = start();
    Stage.await("it publishes", () -> relay.status().state() == State.PUBLISHING);
    return relay;
  }

  @AfterEach
  void end() throws SQLException {
    relays.forEach(Relay::close);
    stage.end();
  }

  @Test
  void publishes_a_stored_event_with_the_headers_of_its_envelope() throws Exception {
    start();
    var stream = Stage.newStream();
    stage.say(stream, 1, 2);
    stage.awaitAllPublished();
    var records = stage.published();
    assertThat(records).hasSize(2);
    var second = records.get(1);
    assertThat(second.key()).isEqualTo(stream.id().toString());
    assertThat(new String(second.value(), UTF_8)).isEqualTo("{\"text\":\"2\"}");
    Map<String, String> headers = new LinkedHashMap<>();
    second
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    assertThat(headers.remove("ce_recordedat")).endsWith("Z");
    var expected = new LinkedHashMap<String, String>();
    expected.put("ce_specversion", "1.0");
    expected.put("ce_id", StoredEvent.eventId(stream, 2).toString());
    expected.put("ce_type", "NoteSaid");
    expected.put("ce_source", "/" + stage.service);
    expected.put("ce_subject", stream.toString());
    expected.put("ce_time", "2026-01-05T09:00:00.000Z");
    expected.put("content-type", "application/json");
    expected.put("ce_dataschema", "/schemas/NoteSaid/v1");
    expected.put("ce_streamversion", "2");
    expected.put("ce_previousversion", "1");
    expected.put("ce_correlationid", stream.id().toString());
    expected.put("ce_causationid", stream.id().toString());
    expected.put("ce_actor", "BUYER:1");
    expected.put("ce_origin", "SERVICE");
    expected.put("extra", "beside");
    assertThat(headers).containsExactlyEntriesOf(expected);
  }

  @Test
  void publishes_what_was_stored_before_it_was_ever_started() throws Exception {
    var stream = Stage.newStream();
    stage.say(stream, 1);
    stage.say(stream, 2, 3);
    start();
    stage.awaitAllPublished();
    assertThat(stage.versions()).isEqualTo(Map.of(stream.toString(), List.of(1, 2, 3)));
  }

  @Test
  void keeps_private_events_to_itself() throws Exception {
    start();
    var stream = Stage.newStream();
    try (var writer = stage.writer()) {
      writer.append(stream, 1, 0, false, Notes.KEPT);
      writer.append(stream, 2, 0, true, Notes.SAID);
      writer.append(stream, 3, 2, false, Notes.KEPT);
      writer.append(stream, 4, 2, true, Notes.SAID).commit();
    }
    stage.awaitAllPublished();
    assertThat(stage.versions()).isEqualTo(Map.of(stream.toString(), List.of(2, 4)));
    assertThat(stage.judge()).isZero();
  }

  @Test
  void publishes_the_events_of_a_transaction_that_was_open_across_a_restart() throws Exception {
    for (var round = 0; round < 3; round++) {
      var relay = startAndAwait();
      var open = Stage.newStream();
      var quick = Stage.newStream();
      try (var writer = stage.writer()) {
        for (var version = 1; version <= 5; version++) writer.said(open, version);
        stage.say(quick, 1);
        Stage.await("the quick one is out", () -> stage.versions().containsKey(quick.toString()));
        for (var version = 6; version <= 10; version++) writer.said(open, version);
        relay.close();
        writer.commit();
      }
      start();
      stage.awaitAllPublished();
      assertThat(stage.versions().get(open.toString()))
          .startsWith(IntStream.rangeClosed(1, 10).boxed().toArray(Integer[]::new));
      stage.judge();
      relays.forEach(Relay::close);
    }
  }

  @Test
  void publishes_from_the_table_what_a_lost_slot_cannot_tell() throws Exception {
    var relay = startAndAwait();
    var stream = Stage.newStream();
    stage.say(stream, 1);
    stage.awaitAllPublished();
    relay.close();
    stage.say(stream, 2);
    stage.dropSlot();
    stage.say(stream, 3, 4);
    start();
    stage.awaitAllPublished();
    stage.judge();
    assertThat(stage.versions().get(stream.toString())).endsWith(2, 3, 4);
    assertThat(meters.counter("marketplace.relay.republished").count()).isEqualTo(3);
  }

  @Test
  void does_not_trust_a_slot_that_somebody_made_anew() throws Exception {
    var relay = start();
    var stream = Stage.newStream();
    stage.say(stream, 1);
    stage.awaitAllPublished();
    relay.close();
    stage.say(stream, 2);
    stage.dropSlot();
    stage.createSlotByHand();
    stage.say(stream, 3);
    start();
    stage.awaitAllPublished();
    stage.judge();
  }

  @Test
  void does_not_trust_a_slot_that_was_moved_ahead() throws Exception {
    var relay = start();
    var stream = Stage.newStream();
    stage.say(stream, 1);
    stage.awaitAllPublished();
    relay.close();
    stage.say(stream, 2, 3);
    stage.execute(
        "select pg_replication_slot_advance('%s', pg_current_wal_lsn())"
            .formatted(stage.settings().slot()));
    start();
    stage.awaitAllPublished();
    stage.judge();
  }

  @Test
  void keeps_the_order_of_a_stream_whose_transactions_are_numbered_the_other_way()
      throws Exception {
    var stream = Stage.newStream();
    try (var early = stage.writer();
        var late = stage.writer()) {
      early.said(Stage.newStream(), 1);
      late.said(stream, 1).commit();
      early.said(stream, 2).commit();
    }
    start();
    stage.awaitAllPublished();
    assertThat(stage.versions().get(stream.toString())).containsExactly(1, 2);
  }

  @Test
  void a_second_instance_waits_and_takes_over() throws Exception {
    var first = startAndAwait();
    var second = start();
    Stage.await("the second waits", () -> second.status().state() == State.WAITING);
    assertThat(second.status().healthy()).isTrue();
    var stream = Stage.newStream();
    stage.say(stream, 1);
    first.close();
    stage.say(stream, 2);
    Stage.await("the second publishes", () -> second.status().state() == State.PUBLISHING);
    stage.awaitAllPublished();
    stage.judge();
    assertThat(first.status().state()).isEqualTo(State.STOPPED);
  }

  @Test
  void begins_again_when_its_connections_are_cut() throws Exception {
    var relay = start();
    var stream = Stage.newStream();
    stage.say(stream, 1);
    stage.awaitAllPublished();
    stage.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'"
            .formatted(stage.database.relay()));
    stage.say(stream, 2);
    stage.awaitAllPublished();
    Stage.await("it publishes again", () -> relay.status().state() == State.PUBLISHING);
    stage.judge();
    assertThat(meters.counter("marketplace.relay.restarts").count()).isPositive();
  }

  @Test
  void stops_at_a_stored_name_that_only_a_newer_build_knows() throws Exception {
    var relay = start();
    var stream = Stage.newStream();
    try (var writer = stage.writer()) {
      writer.said(stream, 1);
      writer.append(stream, 2, 1, true, "note.sung.v1");
      writer.said(stream, 3).commit();
    }
    Stage.await("it has stopped", () -> relay.status().state() == State.FAILED);
    assertThat(relay.status().healthy()).isFalse();
    Stage.await(
        "it says why", () -> String.valueOf(relay.status().fault()).contains("note.sung.v1"));
    assertThat(stage.unpublished()).isEqualTo(3);
    assertThat(stage.versions().getOrDefault(stream.toString(), List.of())).doesNotContain(3);
  }

  @Test
  void the_mark_does_not_see_a_transaction_that_is_still_open() throws Exception {
    var relay = startAndAwait();
    var open = Stage.newStream();
    try (var writer = stage.writer()) {
      writer.said(open, 1);
      stage.say(Stage.newStream(), 1);
      relay.requestMark();
      stage.awaitAllPublished();
      writer.commit();
    }
    assertThat(stage.versions()).hasSizeBetween(1, 2);
    Stage.await("the late one is out", () -> stage.versions().containsKey(open.toString()));
    stage.awaitAllPublished();
    assertThat(stage.count("select count(*) from event where " + PublishedMark.PUBLISHED))
        .isEqualTo(2);
  }

  @Test
  void moves_its_slot_along_while_only_a_neighbour_writes() throws Exception {
    start();
    stage.say(Stage.newStream(), 1);
    stage.awaitAllPublished();
    var before = stage.count("select (pg_current_wal_lsn() - '0/0')::bigint");
    var neighbour = TestPlatform.newDatabase();
    try (var connection = TestPlatform.postgres().connectAsSuperuser(neighbour);
        var statement = connection.createStatement()) {
      statement.execute("create table busy as select generate_series(1, 100000)");
    }
    Stage.await(
        "the slot has moved past the neighbour's writes",
        () ->
            stage.count(
                    """
                    select (confirmed_flush_lsn - '0/0')::bigint - %d from pg_replication_slots
                    where %s
                    """
                        .formatted(before, stage.thisSlot()))
                > 1_000_000);
  }

  @Test
  void sends_again_what_it_had_sent_when_it_died() throws Exception {
    var deaths = new AtomicInteger(2);
    var relay =
        new Relay(
            stage.settings(),
            List.of(Notes.publishedOn(stage.topic)),
            meters,
            step -> {
              if (step == Step.SENT && deaths.getAndDecrement() > 0) {
                throw new IllegalStateException("it dies");
              }
            });
    relays.push(relay);
    var stream = Stage.newStream();
    stage.say(stream, 1);
    relay.start();
    Stage.await("it publishes", () -> relay.status().state() == State.PUBLISHING);
    stage.say(stream, 2, 3);
    stage.awaitAllPublished();
    assertThat(deaths).hasNonPositiveValue();
    assertThat(stage.judge()).as("repeated").isPositive();
  }

  @Test
  void waits_for_a_broker_that_is_away(@TempDir Path directory) throws Exception {
    var port = freePort();
    var broker = KafkaBroker.at(directory, port);
    try {
      stage = new Stage(broker.bootstrapServers());
      startAndAwait();
      var stream = Stage.newStream();
      stage.say(stream, 1);
      stage.awaitAllPublished();
      broker.close();
      stage.say(stream, 2, 3);
      stage.say(stream, 4);
      broker = KafkaBroker.at(directory, port);
      stage.awaitAllPublished();
      stage.judge();
    } finally {
      relays.forEach(Relay::close);
      broker.close();
    }
  }

  @Test
  void can_be_stopped_while_the_broker_is_away(@TempDir Path directory) throws Exception {
    var port = freePort();
    try (var broker = KafkaBroker.at(directory, port)) {
      stage = new Stage(broker.bootstrapServers());
      startAndAwait();
    }
    stage.say(Stage.newStream(), 1);
    relays.forEach(Relay::close);
    assertThat(relays.getFirst().status().state()).isEqualTo(State.STOPPED);
    assertThat(stage.unpublished()).isEqualTo(1);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
