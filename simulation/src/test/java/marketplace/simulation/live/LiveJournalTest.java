package marketplace.simulation.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage.OrderCompleted;
import marketplace.contracts.OrderMessage.ReceiptConfirmed;
import marketplace.eventsourcing.RejectedFact;
import marketplace.kernel.OrderId;
import marketplace.platform.TestPlatform;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.journal.Published;
import marketplace.testkit.TestTopics;
import org.junit.jupiter.api.Test;

/// The journal keeps what was heard of last, and the topics keep everything.
class LiveJournalTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");
  private static final int KEPT = 2;

  @Test
  void what_it_has_dropped_is_read_again_from_the_topics() {
    Stream.concat(
            Published.FAMILIES.stream().map(MessageFamily::topic), Stream.of(RejectedFact.TOPIC))
        .forEach(topic -> TestTopics.publishRaw(topic, "nobody", "{}", Map.of()));
    var orders = Stream.generate(() -> new OrderId(UUID.randomUUID())).limit(3).toList();
    orders.forEach(LiveJournalTest::publishStory);

    try (var live =
        new LiveJournal(
            Map.of("bootstrap.servers", TestPlatform.kafka().bootstrapServers()),
            new Journal(KEPT))) {
      var journal = live.upToDate();
      assertThat(journal.isWhole()).isFalse();
      assertThat(journal.keys()).hasSize(KEPT);
      for (var order : orders) {
        assertThat(live.readAgain(order.value()).causalOrderOf(order.value()))
            .extracting(Published::type)
            .containsExactlyElementsOf(List.of("ReceiptConfirmed", "OrderCompleted"));
      }
      var nobody = UUID.randomUUID();
      assertThat(live.readAgain(nobody).of(nobody)).isEmpty();
    }
  }

  private static void publishStory(OrderId order) {
    var subject = "order-" + order;
    TestTopics.publish(
        MessageFamily.ORDER, new ReceiptConfirmed(order, MONDAY), subject, 1, 0, MONDAY);
    TestTopics.publish(
        MessageFamily.ORDER, new OrderCompleted(order, MONDAY), subject, 2, 1, MONDAY);
  }
}
