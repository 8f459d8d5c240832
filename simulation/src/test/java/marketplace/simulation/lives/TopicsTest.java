package marketplace.simulation.lives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.ServiceRules;
import marketplace.simulation.journal.Published;
import marketplace.simulation.memory.MemoryServices;
import org.junit.jupiter.api.Test;

/// A service creates its own topics when it starts, and nobody else writes to them.
class TopicsTest {
  private static final int LIVES = 40;
  private static final int MANY_LIVES = 1_500;
  private static final int ORDERS = 2;

  private final Map<String, String> owners = new HashMap<>();

  TopicsTest() {
    for (ServiceRules service : MemoryServices.rules()) {
      for (var topic : service.topics()) {
        assertThat(owners.put(topic, "/" + service.name())).as(topic).isNull();
      }
    }
  }

  @Test
  void whatever_a_service_tells_is_on_a_topic_of_its_own() {
    for (var seed = 1; seed <= LIVES; seed++) {
      var journal = SampleLives.lived(seed, ORDERS).journal();
      for (var key : journal.keys()) {
        assertThat(journal.of(key))
            .allSatisfy(event ->
                assertThat(event.envelope().source())
                    .as("%s on %s", event.type(), event.topic())
                    .isEqualTo(owners.get(event.topic())));
      }
    }
  }

  @Test
  void whatever_a_service_reads_is_on_a_topic_of_another() {
    for (var service : MemoryServices.rules()) {
      for (var inbound : service.inbound()) {
        assertThat(owners.get(inbound.topic()))
            .as("%s, which %s reads", inbound.topic(), service.name())
            .isNotNull()
            .isNotEqualTo("/" + service.name());
      }
    }
  }

  /// Otherwise the invariants would hold only because nothing happens.
  @Test
  void whatever_can_be_told_is_told_in_some_life() {
    var told =
        IntStream.rangeClosed(1, MANY_LIVES)
            .parallel()
            .mapToObj(seed -> SampleLives.lived(seed).journal())
            .flatMap(journal -> journal.keys().stream().map(journal::of))
            .flatMap(List::stream)
            .map(Published::type)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(told).containsExactlyInAnyOrderElementsOf(catalogue());
  }

  private static Set<String> catalogue() {
    return Stream.of(
            MessageFamily.ORDER,
            MessageFamily.SELLER,
            MessageFamily.SELLER_ACCOUNTS,
            MessageFamily.REFUND,
            MessageFamily.DISPUTE)
        .flatMap(family -> family.types().stream())
        .collect(Collectors.toSet());
  }
}
