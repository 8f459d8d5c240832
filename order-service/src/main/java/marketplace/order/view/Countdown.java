package marketplace.order.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import marketplace.order.domain.Order;
import marketplace.order.domain.Order.Ready;
import marketplace.order.domain.OrderStatus;
import marketplace.order.domain.Parcel;
import marketplace.order.domain.Request;

/// An instant that somebody is waiting for, and how long it is until then.
///
/// @param secondsLeft whole seconds, 0 once it has passed
public record Countdown(String name, Instant at, long secondsLeft) {

  static Countdown to(String name, Instant at, Instant now) {
    return new Countdown(name, at, secondsBetween(now, at));
  }

  static long secondsBetween(Instant now, Instant at) {
    return Math.max(0, Duration.between(now, at).toSeconds());
  }

  /// Those that run for this order, in the order in which they end where nothing happens.
  static List<Countdown> of(Order.Placed order, Instant now) {
    List<Countdown> running = new ArrayList<>();
    var status = order.status();
    var payBy = order.terms().payBy();
    if (status == OrderStatus.AWAITING_PAYMENT && payBy != null) {
      running.add(to("payBy", payBy, now));
    }
    if (order.preparation() instanceof Ready ready && !order.goods().open().isEmpty()) {
      running.add(to("shipBy", ready.shipBy(), now));
    }
    order
        .requests()
        .open()
        .ifPresent(request ->
            running.add(
                request.stage() instanceof Request.Offered offer
                    ? to("answerBy", offer.answerBy(), now)
                    : to("replyBy", request.replyBy(), now)));
    if (!status.isFinal() && !order.delivered()) {
      order.goods().parcels().stream()
          .filter(parcel -> parcel.state() != Parcel.State.DELIVERED)
          .map(Parcel::deliverBy)
          .min(Instant::compareTo)
          .ifPresent(deliverBy -> running.add(to("deliverBy", deliverBy, now)));
    }
    if (status == OrderStatus.DELIVERED && !order.ending().windowClosed()) {
      running.add(to("afterSaleUntil", order.ending().afterSaleUntil(), now));
    }
    running.sort((one, other) -> one.at().compareTo(other.at()));
    return List.copyOf(running);
  }
}
