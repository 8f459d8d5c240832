package marketplace.order.domain;

/// Where an order stands; a function of its counters, never stored beside them.
public enum OrderStatus {
  AWAITING_PAYMENT,
  AWAITING_SHIPMENT,
  PENDING_SHIPPING,
  PARTIALLY_SHIPPED,
  SHIPPED,
  DELIVERED,
  COMPLETED,
  CANCELLED;

  public boolean isFinal() {
    return this == COMPLETED || this == CANCELLED;
  }
}
