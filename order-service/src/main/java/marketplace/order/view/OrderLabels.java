package marketplace.order.view;

import marketplace.order.domain.Order;
import marketplace.order.domain.Parcel;

/// What people call an order and its states.
final class OrderLabels {
  private OrderLabels() {}

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
}
