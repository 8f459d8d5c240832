package marketplace.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.RefundMessage.PaymentCaptured;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.messaging.ProducerSettings;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.loadtest.Shop.Order;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/// Tells order-service by injected events that orders are paid. It takes them as it takes those of
/// refund-service, which needs not run.
final class Payments {
  private static final String PAID =
      "select count(*) from order_summaries where status = 'AWAITING_SHIPMENT'";

  private final Platform platform;

  Payments(Platform platform) {
    this.platform = platform;
  }

  /// Returns when the service has taken them all.
  ///
  /// @return how many it took in a second
  double tell(List<Order> orders) throws SQLException {
    try (var database = platform.connect(platform.database("order"));
        var paid = database.prepareStatement(PAID)) {
      var before = Platform.count(paid);
      var begin = System.nanoTime();
      send(orders);
      Platform.await("all orders are paid", () -> Platform.count(paid) == before + orders.size());
      return orders.size() / ((System.nanoTime() - begin) / 1e9);
    }
  }

  private void send(List<Order> orders) {
    try (var producer =
        new KafkaProducer<>(
            ProducerSettings.inOrder(platform.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (var order : orders) {
        var _ = producer.send(captured(order));
      }
    }
  }

  private static ProducerRecord<String, String> captured(Order order) {
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    var message =
        new PaymentCaptured(
            new OrderId(UUID.fromString(order.id())),
            new PaymentId(UUID.randomUUID()),
            PaymentMethod.PAYPAL,
            Shop.PRICE_MINOR,
            "USD",
            now);
    var record =
        new ProducerRecord<>(
            MessageFamily.REFUND.topic(), order.id(), MessageFamily.REFUND.write(message));
    Envelope.injected(
            UUID.randomUUID(),
            "PaymentCaptured",
            "/bench",
            "ledger-" + order.id(),
            now,
            MessageFamily.dataSchema("PaymentCaptured"),
            now)
        .headers()
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    return record;
  }
}
