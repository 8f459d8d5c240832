package marketplace.contracts;

import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.DisputeId;
import marketplace.kernel.Fault;
import marketplace.kernel.OrderId;
import marketplace.kernel.Units;

/// What dispute-service tells about one order, on `dispute.events.v1`, key = order id (domain,
/// section 7.5).
public sealed interface DisputeMessage extends Message {
  OrderId orderId();

  @Override
  default UUID key() {
    return orderId().value();
  }

  enum RuledBy {
    PLATFORM,
    SELLER_ACCEPTED,
    SELLER_SILENT
  }

  enum Uphold {
    FULL,
    PARTIAL,
    NONE
  }

  enum WhyClosed {
    WINDOW_ENDED,
    FULLY_REFUNDED,
    ALL_RETURNED
  }

  record RulingMade(
      OrderId orderId,
      DisputeId disputeId,
      Units units,
      RuledBy by,
      Uphold uphold,
      long awardMinor,
      Fault fault,
      boolean returnRequired,
      boolean stopFulfilment,
      String text,
      Instant ruledAt)
      implements DisputeMessage {}

  /// The last instant at which the order could be disputed or returned has passed. The ledger pays
  /// out only after it has read `order-{orderId}` up to `afterOrderVersion`.
  record AfterSaleClosed(OrderId orderId, WhyClosed why, Instant closedAt, int afterOrderVersion)
      implements DisputeMessage {}
}
