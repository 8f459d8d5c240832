package marketplace.simulation.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.ReceiptConfirmed;
import marketplace.eventsourcing.Inbound;
import marketplace.kernel.OrderId;
import org.junit.jupiter.api.Test;

final class ReadOnceTest {
  private static final OrderId ORDER = new OrderId(UUID.randomUUID());
  private static final int MORE_THAN_ARE_KEPT = 5_000;

  private final ReadOnce readOnce = new ReadOnce();
  private final Inbound.Reader<?> reader =
      readOnce.of(MemoryServices.rules().getLast()).inbound().stream()
          .filter(inbound -> inbound.topic().equals(MessageFamily.ORDER.topic()))
          .findFirst()
          .orElseThrow()
          .reader();

  @Test
  void the_same_bytes_are_the_message_that_the_first_reader_has_made() {
    var message = confirmed();
    var bytes = bytes(message);
    readOnce.keep(bytes, message);
    assertThat(read(bytes)).isSameAs(message);
  }

  @Test
  void equal_bytes_of_another_record_are_read_for_themselves() {
    var message = confirmed();
    readOnce.keep(bytes(message), message);
    assertThat(read(bytes(message))).isEqualTo(message).isNotSameAs(message);
  }

  @Test
  void what_was_read_long_ago_is_read_again_and_right() {
    var first = confirmed();
    var bytes = bytes(first);
    readOnce.keep(bytes, first);
    for (var i = 0; i < MORE_THAN_ARE_KEPT; i++) {
      var later = confirmed();
      readOnce.keep(bytes(later), later);
    }
    assertThat(read(bytes)).isEqualTo(first);
  }

  @Test
  void what_cannot_be_read_is_still_refused() {
    assertThatThrownBy(() -> read("{}".getBytes(UTF_8))).hasMessageContaining("orderId is missing");
  }

  private Object read(byte[] bytes) {
    var schema = MessageFamily.dataSchema("ReceiptConfirmed");
    return reader.read("ReceiptConfirmed", schema, ORDER.value(), bytes);
  }

  private static OrderMessage confirmed() {
    return new ReceiptConfirmed(ORDER, Instant.EPOCH);
  }

  private static byte[] bytes(OrderMessage message) {
    return MessageFamily.ORDER.write(message).getBytes(UTF_8);
  }
}
