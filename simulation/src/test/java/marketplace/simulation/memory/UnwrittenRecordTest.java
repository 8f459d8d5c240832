package marketplace.simulation.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import marketplace.contracts.Message;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.Delivery;
import marketplace.simulation.journal.Published;
import marketplace.simulation.lives.SampleLives;
import marketplace.simulation.memory.MemoryMarket.Lane;
import org.junit.jupiter.api.Test;

/// In memory nobody writes what is told, and nobody reads it: so it has to be the same as if
/// somebody had.
class UnwrittenRecordTest {
  private static final int LIVES = 300;

  @Test
  void what_is_told_in_any_life_is_the_same_when_it_has_been_written_and_read() {
    IntStream.rangeClosed(1, LIVES)
        .parallel()
        .mapToObj(SampleLives::lived)
        .forEach(market -> {
          var journal = market.journal();
          for (var key : journal.keys()) {
            for (var told : journal.of(key)) {
              assertThat(Published.read(writtenAndRead(told))).contains(told);
            }
          }
        });
  }

  private static Delivery writtenAndRead(Published told) {
    var unwritten =
        new UnwrittenRecord(
            new Lane(told.topic(), told.key()), 0, told.envelope(), message(told), Instant.EPOCH);
    return new Delivery.Received(
        unwritten.topic(),
        unwritten.partition(),
        unwritten.offset(),
        unwritten.key(),
        unwritten.headers(),
        unwritten.value(),
        unwritten.receivedAt());
  }

  private static marketplace.eventsourcing.Message message(Published told) {
    return marketplace.eventsourcing.Message.of(
        told.topic(),
        told.key().toString(),
        told.type(),
        MessageFamily.dataSchema(told.type()),
        told.message(),
        UnwrittenRecordTest::write);
  }

  @SuppressWarnings("unchecked") // a type belongs to one family
  private static String write(Message message) {
    return Published.FAMILIES.stream()
        .filter(family -> family.knows(message.getClass().getSimpleName()))
        .map(family -> ((MessageFamily<Message>) family).write(message))
        .findFirst()
        .orElseThrow();
  }
}
