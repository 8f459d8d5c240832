package marketplace.order.view;

import java.math.BigInteger;
import java.util.UUID;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.OrderId;
import marketplace.order.domain.Order;
import marketplace.order.domain.Parcel;

/// What people call an order and its states.
final class OrderLabels {
  private static final BigInteger NUMBERS = BigInteger.TEN.pow(16);

  private OrderLabels() {}

  /// Sixteen digits that follow from the id.
  static String orderNumber(OrderId orderId) {
    var id = Ids.nameBased("order-number", orderId.toString());
    return "%016d".formatted(bits(id).mod(NUMBERS));
  }

  static String label(Order.Placed order) {
    return switch (order.status()) {
      case AWAITING_PAYMENT -> "Awaiting payment";
      case AWAITING_SHIPMENT -> "Awaiting shipment";
      case PENDING_SHIPPING -> "Pending shipping";
      case PARTIALLY_SHIPPED -> "Partly sent";
      case SHIPPED -> reported(order) ? "In transit" : "Sent";
      case DELIVERED -> "Delivered";
      case COMPLETED -> "Completed";
      case CANCELLED -> "Cancelled";
    };
  }

  private static boolean reported(Order.Placed order) {
    return order.goods().parcels().stream()
        .anyMatch(parcel -> parcel.state() != Parcel.State.DISPATCHED);
  }

  private static BigInteger bits(UUID id) {
    return new BigInteger(id.toString().replace("-", ""), 16);
  }
}
