package marketplace.dispute.messaging;

import static marketplace.dispute.AfterSaleFixtures.CANCELLED;
import static marketplace.dispute.AfterSaleFixtures.DELIVERED;
import static marketplace.dispute.AfterSaleFixtures.FULLY_REFUNDED;
import static marketplace.dispute.AfterSaleFixtures.MONDAY_NINE;
import static marketplace.dispute.AfterSaleFixtures.ONE_CANCELLED;
import static marketplace.dispute.AfterSaleFixtures.ORDER;
import static marketplace.dispute.AfterSaleFixtures.OVERRAN;
import static marketplace.dispute.AfterSaleFixtures.PLACED;
import static marketplace.dispute.AfterSaleFixtures.SHIPPED;
import static marketplace.dispute.AfterSaleFixtures.closed;
import static marketplace.dispute.AfterSaleFixtures.days;
import static marketplace.dispute.AfterSaleFixtures.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import marketplace.contracts.ContractJson;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import org.junit.jupiter.api.Test;

/// Golden files: what is on disk for ever, and what the others were promised.
class AfterSaleMessagesTest {
  private static final List<AfterSaleEvent> ONE_OF_EACH =
      List.of(
          PLACED,
          ONE_CANCELLED,
          CANCELLED,
          SHIPPED,
          DELIVERED,
          FULLY_REFUNDED,
          OVERRAN,
          closed(Why.WINDOW_ENDED, days(25), 7));

  @Test
  void stored_events_are_written_and_read_as_on_the_first_day() throws IOException {
    var codec = AfterSaleCodec.create();
    assertThat(ONE_OF_EACH.stream().map(codec::nameOf))
        .containsExactlyElementsOf(codec.readable().keySet());
    for (var event : ONE_OF_EACH) {
      var name = codec.nameOf(event);
      var golden = golden(name);
      assertThat(ContractJson.mapper().readTree(codec.encode(event)))
          .as(name)
          .isEqualTo(ContractJson.mapper().readTree(golden));
      assertThat(codec.decode(name, golden)).isEqualTo(event);
    }
  }

  @Test
  void the_others_are_told_of_the_closing_alone() throws IOException {
    var publications = new AfterSalePublications();
    var told =
        ONE_OF_EACH.stream()
            .map(event -> publications.messageFor(stored(event)))
            .flatMap(Optional::stream)
            .toList();
    assertThat(told)
        .containsExactly(
            new Message(
                "dispute.events.v1",
                ORDER.toString(),
                "AfterSaleClosed",
                "urn:marketplace:schema:AfterSaleClosed:v1",
                ContractJson.mapper().readTree(golden("message.AfterSaleClosed.v1")).toString()));
  }

  private static StoredEvent<AfterSaleEvent> stored(AfterSaleEvent event) {
    return new StoredEvent<>(
        1,
        id(60),
        new StreamId("aftersale", ORDER.value()),
        1,
        0,
        true,
        AfterSaleCodec.create().nameOf(event),
        event,
        new Trace(id(51), id(50), "DEADLINE", Origin.SERVICE, null, null),
        MONDAY_NINE,
        MONDAY_NINE);
  }

  private static String golden(String name) throws IOException {
    try (var file = AfterSaleMessagesTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      if (file == null) throw new IOException("no golden file for " + name);
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
