package marketplace.dispute.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSale.Overdue;
import marketplace.dispute.domain.AfterSaleEvent.AfterSaleClosed;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAccepted;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.eventsourcing.Decision;
import marketplace.kernel.OrderId;

/// A decision while it is being written: the events so far, and where they leave the order.
final class AfterSaleDraft {
  private final Instant at;
  private final List<AfterSaleEvent> events = new ArrayList<>();
  private Opened state;

  AfterSaleDraft(Opened state, Instant at) {
    this.state = state;
    this.at = at;
  }

  Instant at() {
    return at;
  }

  Opened state() {
    return state;
  }

  OrderId orderId() {
    return state.sale().orderId();
  }

  AfterSaleDraft and(AfterSaleEvent event) {
    events.add(event);
    state = AfterSaleFold.next(state, event);
    return this;
  }

  /// Whatever has been decided: a parcel that was refused goes back once no other case is in its
  /// way, and the window closes with the event after which nothing is open any more.
  Decision<AfterSaleEvent, AfterSaleRejection> accepted() {
    Returning.takeBackRefusedParcel(this);
    whyClosing().ifPresent(this::close);
    return Decision.accept(events);
  }

  AfterSaleDraft close(Why why) {
    return and(new AfterSaleClosed(orderId(), why, at, state.file().orderVersion()));
  }

  /// W7, W6, W5 and W4, in this order.
  private Optional<Why> whyClosing() {
    var accepted = events.stream().anyMatch(ReturnAccepted.class::isInstance);
    var full = events.stream().anyMatch(e -> e instanceof RefundNoted noted && noted.full());
    var overdue = state.window() instanceof Overdue;
    if (!(accepted || full || overdue) || !state.mayClose()) return Optional.empty();
    if (accepted && state.goods().allReturned()) return Optional.of(Why.ALL_RETURNED);
    if (full) return Optional.of(Why.FULLY_REFUNDED);
    return overdue ? Optional.of(Why.WINDOW_ENDED) : Optional.empty();
  }
}
