package marketplace.eventsourcing.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.messaging.PotService.Place;
import marketplace.eventsourcing.relay.Stage;
import marketplace.eventsourcing.sample.Kitchen;
import marketplace.eventsourcing.sample.Neighbour;
import marketplace.eventsourcing.sample.SteppedTime;
import marketplace.eventsourcing.time.SystemClock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the fault rules do to the records of a topic, a whole service on a real database comes
/// to what it would have come to without them: the same facts, once each, in the same order.
class FaultyConsumerTest {
  private static final long SEED = 20_260_105L;
  private static final int PARTITIONS = 3;
  private static final int POTS = 30;
  private static final int FACTS = 600;
  private static final int LITRES = 1_000;

  private final Stage stage = new Stage();
  private final TestTopic neighbours = new TestTopic(PARTITIONS);
  private final Place place =
      new Place(
          stage.service,
          neighbours.name,
          stage.topic,
          stage.database.url(),
          stage.database.app(),
          stage.database.relay(),
          stage.database.password(),
          stage.bootstrapServers);
  private final Random random = new Random(SEED);

  /// What each pot's stream must hold: the facts that caused its events.
  private final Map<UUID, List<String>> accepted = new LinkedHashMap<>();

  @BeforeEach
  void furnish() throws SQLException {
    stage.execute(Kitchen.POTS_TABLE);
    stage.execute("grant select, insert, update on pots to " + stage.database.app());
  }

  @AfterEach
  void end() throws Exception {
    neighbours.close();
    stage.end();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind': 'CONSUME_DELAY', 'millis': 30, 'rate': 0.1}",
        "{'kind': 'CONSUME_TWICE', 'rate': 0.3}",
        "{'kind': 'CONSUME_REORDER', 'millis': 50, 'rate': 0.1}",
        "{'kind': 'CONSUME_LOSS', 'millis': 20, 'rate': 0.3}",
        "{'kind': 'CONSUME_DELAY', 'millis': 5, 'every': 50},"
            + "{'kind': 'CONSUME_TWICE', 'every': 3}, {'kind': 'CONSUME_LOSS', 'every': 7},"
            + "{'kind': 'CONSUME_REORDER', 'millis': 30, 'every': 5}"
      })
  void come_to_the_same_end(String rules) throws Exception {
    tell();
    var faults = new FaultRules();
    faults.replace(
        "test", new ObjectMapper().readTree("{\"rules\": [" + rules.replace('\'', '"') + "]}"));
    try (var _ = new PotService(place, _ -> {}, faults).start();
        var progress =
            new ConsumerProgress(
                place.kafka(), stage.service, List.of(neighbours.name), new SystemClock())) {
      Stage.await("all is consumed", () -> progress.numbers().lag() == 0);
    }
    for (var pot : accepted.entrySet()) {
      assertThat(
              stage.texts(
                  "select causation_id from event where stream = 'pot-%s' order by version"
                      .formatted(pot.getKey())))
          .isEqualTo(pot.getValue());
    }
    assertThat(stage.count("select count(*) from event")).isEqualTo(FACTS);
    assertThat(stage.texts("select pot || ' ' || litres from pots"))
        .containsExactlyInAnyOrderElementsOf(
            accepted.entrySet().stream()
                .map(pot -> pot.getKey() + " " + (LITRES + 1 - pot.getValue().size()))
                .toList());
    assertThat(stage.count("select count(*) from set_aside")).isZero();
  }

  /// Pots are filled and emptied litre by litre; who wants more than there is is refused.
  private void tell() throws Exception {
    var neighbour = new Neighbour();
    var versions = new HashMap<UUID, Integer>();
    var pots = new ArrayList<UUID>();
    for (var i = 0; i < POTS; i++) pots.add(new UUID(random.nextLong(), random.nextLong()));
    for (var fact = 0; fact < FACTS; fact++) {
      var pot = pots.get(random.nextInt(POTS));
      var id = new UUID(random.nextLong(), random.nextLong());
      var version = versions.merge(pot, 1, Integer::sum);
      var taken = accepted.computeIfAbsent(pot, _ -> new ArrayList<>());
      var greedy = version > 1 && random.nextInt(20) == 0;
      if (!greedy) taken.add(id.toString());
      var said =
          neighbour.says(
              id,
              pot,
              version,
              version - 1,
              version == 1 ? "Filled" : "Took",
              String.valueOf(version == 1 ? LITRES : greedy ? 2 * LITRES : 1),
              SteppedTime.MONDAY);
      var value = Objects.requireNonNull(said.value());
      var record = new ProducerRecord<>(neighbours.name, pot.toString().getBytes(UTF_8), value);
      said.headers().forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
      neighbours.sendRaw(record);
    }
  }
}
