package marketplace.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import marketplace.eventsourcing.sample.Kitchen;
import marketplace.eventsourcing.sample.Pot;
import org.junit.jupiter.api.Test;

final class JdbcEventStoreTest extends EventStoreContract {
  private final Kitchen kitchen = new Kitchen();

  @Override
  EventStore newStore() {
    return new JdbcEventStore(kitchen.dataSource(), List.of(Pot.AGGREGATE));
  }

  @Test
  void says_which_answers_are_being_made_elsewhere() {
    var slot = new AnswerSlot("COOK:1", "POST /pots", "key");
    var wanted = new Wanted(Set.of(), Set.of(slot), Set.of(), Set.of(), Set.of());
    try (var one = newStore().begin();
        var other = newStore().begin()) {
      assertThat(one.read(wanted).busy()).isEmpty();
      assertThat(other.read(wanted).busy()).containsExactly(slot);
    }
  }
}
