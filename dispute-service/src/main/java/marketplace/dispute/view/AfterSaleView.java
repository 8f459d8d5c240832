package marketplace.dispute.view;

import java.time.Instant;
import marketplace.dispute.domain.AfterSale.Cancelled;
import marketplace.dispute.domain.AfterSale.Closed;
import marketplace.dispute.domain.AfterSale.Open;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSale.Overdue;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.kernel.OrderId;
import org.jspecify.annotations.Nullable;

/// The window as people see it.
///
/// @param afterSaleUntil null once the whole order is cancelled
/// @param why null while the window is open, and where a cancellation has made it void
public record AfterSaleView(
    OrderId orderId,
    boolean windowOpen,
    @Nullable Instant afterSaleUntil,
    @Nullable Why why,
    @Nullable Instant closedAt,
    int version,
    int publishedVersion) {

  public static AfterSaleView of(Opened state, int version, int publishedVersion) {
    var orderId = state.file().orderId();
    return switch (state) {
      case Open(_, var until) ->
          new AfterSaleView(orderId, true, until, null, null, version, publishedVersion);
      // Its end has passed: what it still waits for are facts, not people.
      case Overdue(_, var until) ->
          new AfterSaleView(orderId, false, until, null, null, version, publishedVersion);
      case Closed(_, var until, var why, var closedAt) ->
          new AfterSaleView(orderId, false, until, why, closedAt, version, publishedVersion);
      case Cancelled _ ->
          new AfterSaleView(orderId, false, null, null, null, version, publishedVersion);
    };
  }
}
