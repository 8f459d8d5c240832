package marketplace.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
  void months_of_the_inbox_are_made_ahead_and_dropped_when_they_are_covered() {
    var store = newStore();
    tidy(store, "2026-01-31T23:59:59Z");
    assertThat(months()).containsExactly("inbox_2026_01", "inbox_2026_02");
    tidy(store, "2026-02-28T12:00:00Z");
    assertThat(months()).containsExactly("inbox_2026_01", "inbox_2026_02", "inbox_2026_03");
    tidy(store, "2026-03-01T00:00:00Z");
    assertThat(months()).containsExactly("inbox_2026_02", "inbox_2026_03", "inbox_2026_04");
  }

  @Test
  void no_month_stays_behind_when_time_jumps_over_it() {
    var store = newStore();
    tidy(store, "2026-01-31T12:00:00Z");
    // Nobody had made the month in which this came, after a long stop.
    known(UUID.randomUUID(), "2026-06-01");
    tidy(store, "2026-08-31T12:00:00Z");
    assertThat(months()).containsExactly("inbox_2026_08", "inbox_2026_09");
    assertThat(kitchen.texts("select count(*) from inbox")).containsExactly("0");
  }

  @Test
  void what_is_held_keeps_its_month_and_all_later_ones() {
    var store = newStore();
    tidy(store, "2026-01-31T12:00:00Z");
    tidy(store, "2026-02-15T12:00:00Z");
    kitchen.execute(
        """
        insert into set_aside (kind, awaits, reason, topic, partition_number, record_offset,
          headers, received_at, recorded_at)
        values ('HELD', 'neighbour-1', 'a gap', 'topic', 0, 0, '{}', '2026-02-10', '2026-02-10')
        """);
    tidy(store, "2026-08-31T12:00:00Z");
    assertThat(months())
        .containsExactly("inbox_2026_02", "inbox_2026_03", "inbox_2026_08", "inbox_2026_09");
  }

  @Test
  void a_repetition_is_known_by_whatever_month_it_first_came_in() {
    var store = newStore();
    tidy(store, "2026-01-31T23:59:59Z");
    var inJanuary = UUID.randomUUID();
    var inFebruary = UUID.randomUUID();
    var inNoMonth = UUID.randomUUID();
    known(inJanuary, "2026-01-01");
    known(inFebruary, "2026-02-01");
    known(inNoMonth, "2026-06-01");
    var facts = Set.of(inJanuary, inFebruary, inNoMonth, UUID.randomUUID());
    var wanted = new Wanted(Set.of(), Set.of(), facts, Set.of(), Set.of());
    try (var transaction = store.begin()) {
      assertThat(transaction.read(wanted).knownFacts())
          .containsExactlyInAnyOrder(inJanuary, inFebruary, inNoMonth);
    }
  }

  private static void tidy(EventStore store, String now) {
    store.tidy(Instant.EPOCH, Instant.parse(now));
  }

  private void known(UUID fact, String month) {
    kitchen.execute("insert into inbox values ('%s', '%s')".formatted(fact, month));
  }

  private List<String> months() {
    return kitchen.texts(
        "select relname from pg_class where relname ~ '^inbox_[0-9_]+$' order by relname");
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
