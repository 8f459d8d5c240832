package marketplace.simulation.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import marketplace.simulation.lives.SampleLives;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final int KEYS = 200_000;

  @Test
  void an_order_that_was_dropped_is_not_judged_when_it_is_heard_of_again() {
    var lived = SampleLives.lived(5).journal();
    var orders = lived.orders();
    assertThat(orders).hasSizeGreaterThan(1);
    var journal = new Journal(1);
    tell(journal, lived.of(orders.getFirst()).subList(0, 1));
    assertThat(journal.orders()).containsExactly(orders.getFirst());
    tell(journal, lived.of(orders.get(1)));
    tell(journal, lived.of(orders.getFirst()));
    assertThat(journal.keys()).containsExactly(orders.getFirst());
    assertThat(journal.orders()).isEmpty();
    assertThat(journal.isWhole()).isFalse();
  }

  @Test
  void whatever_was_dropped_is_known_and_hardly_anything_else() {
    var random = new Random(1);
    var dropped = new DroppedKeys();
    List<UUID> keys = random.longs(KEYS).mapToObj(id -> new UUID(id, id * 31)).toList();
    keys.forEach(dropped::add);
    assertThat(keys).allMatch(dropped::mayContain);
    var others =
        random.longs(KEYS).mapToObj(id -> new UUID(id, ~id)).filter(dropped::mayContain).count();
    assertThat(others).isLessThan(KEYS / 1_000);
  }

  private static void tell(Journal journal, List<Published> events) {
    for (var event : events) journal.add(event);
  }
}
