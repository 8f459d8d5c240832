package marketplace.eventsourcing.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import marketplace.eventsourcing.ClockRecord;
import marketplace.eventsourcing.messaging.TestTopic;
import marketplace.eventsourcing.time.Moment;
import marketplace.eventsourcing.time.Patience;
import marketplace.eventsourcing.time.SettableWall;
import marketplace.eventsourcing.time.SimulatedClock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlFollowerTest {
  private static final Instant WALL = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");

  private final TestTopic topic = new TestTopic(1);
  private final SimulatedClock clock = new SimulatedClock(new SettableWall(WALL));
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Map<String, BiConsumer<String, JsonNode>> listeners =
      Map.of(
          "rule:",
          (id, json) -> {
            if (json.has("bad")) throw new IllegalArgumentException("bad rule");
            told.add("%s %s %s".formatted(id, json.get("n"), clock.ready()));
          });
  private final ControlFollower follower =
      new ControlFollower(topic.name, TestTopic.kafka(), clock, listeners);

  @AfterEach
  void close() {
    follower.close();
    topic.close();
  }

  @Test
  void tells_nothing_outdated_and_the_clock_last() throws Exception {
    send("rule:a", "{\"n\": 1}");
    // A night ago, at full speed: by now this record is years ahead.
    sendClock(new ClockRecord(1, WALL.minusSeconds(50_000), MONDAY, 3600, null));
    send("rule:a", "{\"n\": 2}");
    sendClock(new ClockRecord(2, WALL, MONDAY.plusSeconds(60), 0, null));
    send("rule:b", "{\"n\": 3}");
    follower.start();
    Patience.until("it is ready", follower::ready);
    assertThat(clock.moment()).isEqualTo(new Moment(MONDAY.plusSeconds(60), 2, 0, null));
    assertThat(told).containsExactlyInAnyOrder("a 2 false", "b 3 false");
  }

  @Test
  void is_not_ready_without_a_clock_record() throws Exception {
    send("rule:a", "{\"n\": 1}");
    follower.start();
    Patience.until("the rule is told", () -> !told.isEmpty());
    assertThat(follower.ready()).isFalse();
    sendClock(new ClockRecord(1, WALL, MONDAY, 1, null));
    Patience.until("it is ready", follower::ready);
  }

  @Test
  void follows_what_comes_later() throws Exception {
    sendClock(new ClockRecord(1, WALL, MONDAY, 0, null));
    follower.start();
    Patience.until("it is ready", follower::ready);
    var bound = new ClockRecord.Bound(MONDAY.plusSeconds(9), 3, "x");
    sendClock(new ClockRecord(2, WALL, MONDAY.plusSeconds(9), 0, bound));
    Patience.until("the clock moves", () -> clock.moment().epoch() == 2);
    assertThat(clock.moment()).isEqualTo(new Moment(MONDAY.plusSeconds(9), 2, 0, bound));
    send("rule:a", "{\"n\": 1}");
    send("rule:a", "{\"n\": 1}");
    send("rule:a", "{\"n\": 2}");
    Patience.until("the rule is told", () -> told.size() == 2);
    assertThat(told).containsExactly("a 1 true", "a 2 true");
  }

  @Test
  void passes_over_what_it_cannot_read() throws Exception {
    send("clock", "tomorrow");
    send("clock", "{\"epoch\": 5}");
    send("clock", "{\"epoch\":1,\"wallAnchor\":\"x\",\"simAnchor\":\"x\",\"rate\":1}");
    send("rule:a", "{\"bad\": true}");
    send("rule:b", null);
    send("other", "{}");
    send(null, "{}");
    follower.start();
    sendClock(new ClockRecord(1, WALL, MONDAY, 0, null));
    send("clock", "{\"epoch\":2,\"wallAnchor\":\"x\",\"simAnchor\":\"x\",\"rate\":1}");
    send(
        "clock",
        "{\"epoch\":3,\"wallAnchor\":\"%s\",\"simAnchor\":\"%s\",\"rate\":100001}"
            .formatted(WALL, MONDAY));
    send("rule:c", "{\"n\": 1}");
    Patience.until("the rule is told", () -> !told.isEmpty());
    assertThat(told).allMatch(line -> line.startsWith("c 1"));
    sendClock(new ClockRecord(4, WALL, MONDAY, 7, null));
    Patience.until("it is ready", follower::ready);
    Patience.until("the clock moves", () -> clock.moment().rate() == 7);
  }

  @Test
  void reads_clock_records_as_they_are_written() {
    var bound = new ClockRecord.Bound(MONDAY, 3, "x");
    for (var record :
        List.of(
            new ClockRecord(1, WALL, MONDAY, 0, null),
            new ClockRecord(2, WALL, MONDAY, 9, bound))) {
      assertThat(ClockJson.read(ClockJson.write(record))).isEqualTo(record);
    }
    assertThat(
            ClockJson.read(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("epoch", 1)
                    .put("wallAnchor", "2026-11-21T11:00:00+01:00")
                    .put("simAnchor", MONDAY.toString())
                    .put("rate", 0)
                    .put("later", "field")))
        .isEqualTo(new ClockRecord(1, WALL, MONDAY, 0, null));
  }

  private void sendClock(ClockRecord record) throws Exception {
    send(ControlFollower.CLOCK, ClockJson.write(record).toString());
  }

  private void send(@Nullable String key, @Nullable String value) throws Exception {
    topic.sendRaw(
        new ProducerRecord<>(
            topic.name,
            key == null ? null : key.getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8)));
  }
}
