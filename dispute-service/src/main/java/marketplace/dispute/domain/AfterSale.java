package marketplace.dispute.domain;

import java.time.Instant;
import marketplace.dispute.domain.AfterSaleEvent.Why;

/// Where the time after the sale of one order stands.
public sealed interface AfterSale {

  /// No order is known here yet.
  record NotOpened() implements AfterSale {}

  /// Every state after the order was placed knows whose order it is and where its units are.
  sealed interface Opened extends AfterSale {
    OrderFile file();
  }

  /// The window ends at `until`, or with the fact that is still on its way then.
  record Open(OrderFile file, Instant until) implements Opened {}

  /// The window's end has passed while units were still open as known here: facts are late. The
  /// first one after which none is open closes the window (W4).
  record Overdue(OrderFile file, Instant until) implements Opened {}

  /// Nobody can dispute or return any more; the seller may be paid.
  record Closed(OrderFile file, Instant until, Why why, Instant closedAt) implements Opened {}

  /// The whole order was cancelled, so there is no sale to come after.
  record Cancelled(OrderFile file) implements Opened {}
}
