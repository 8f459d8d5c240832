package marketplace.order.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import marketplace.kernel.ReturnPolicy;
import marketplace.order.domain.Order;
import marketplace.order.domain.OrderDecider;
import marketplace.order.domain.OrderStatus;
import marketplace.order.domain.Parcel;
import marketplace.order.domain.Request;
import org.jspecify.annotations.Nullable;

/// What the buyer may do now, and for what he looks for in vain: why not (domain, section 14). What
/// other services decide stands here as this one knows it; they look again.
///
/// @param whyNot the code that the act would be refused with; null where it is allowed
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BuyerAction(String name, boolean allowed, @Nullable String whyNot) {

  public static List<String> allowedNames(Order.Placed order, Instant now) {
    return of(order, now).stream().filter(BuyerAction::allowed).map(BuyerAction::name).toList();
  }

  static List<BuyerAction> of(Order.Placed order, Instant now) {
    List<BuyerAction> actions = new ArrayList<>();
    var status = order.status();
    switch (status) {
      case AWAITING_PAYMENT -> {
        actions.add(allow("CANCEL"));
        actions.add(order.funds().anyAuthorized() ? refuse("PAY", "ALREADY_PAID") : allow("PAY"));
      }
      case AWAITING_SHIPMENT, PENDING_SHIPPING, PARTIALLY_SHIPPED -> {
        actions.add(ask("REQUEST_CANCELLATION", OrderDecider.obstacle(order).map(OrderCodes::of)));
        actions.add(refuse("CONFIRM_RECEIPT", "NOT_SHIPPED"));
      }
      case CANCELLED -> actions.add(refuse("CANCEL", "ORDER_CANCELLED"));
      case SHIPPED -> actions.add(allow("CONFIRM_RECEIPT"));
      case DELIVERED ->
          actions.add(
              order.ending().receiptConfirmed()
                  ? refuse("CONFIRM_RECEIPT", "ALREADY_CONFIRMED")
                  : allow("CONFIRM_RECEIPT"));
      case COMPLETED -> actions.add(refuse("CONFIRM_RECEIPT", "ALREADY_CONFIRMED"));
    }
    order.requests().open().ifPresent(request -> actions.addAll(about(request, now)));
    if (!order.goods().parcels().isEmpty()) {
      actions.add(ask("REQUEST_RETURN", whyNoReturn(order, now)));
      actions.add(ask("OPEN_DISPUTE", whyNoDispute(order, now)));
    } else if (!status.isFinal() && lastRequestRefused(order)) {
      actions.add(ask("OPEN_DISPUTE", whyNoCase(order, now)));
    }
    if (status == OrderStatus.DELIVERED || status == OrderStatus.COMPLETED) {
      actions.add(ask("REVIEW", OrderDecider.whyNoReview(order).map(OrderCodes::of)));
    }
    actions.add(allow("CONTACT_SELLER"));
    actions.add(allow("REORDER"));
    return List.copyOf(actions);
  }

  private static List<BuyerAction> about(Request request, Instant now) {
    return switch (request.stage()) {
      case Request.Pending _ -> List.of(allow("WITHDRAW_REQUEST"));
      case Request.Offered offer ->
          List.of(
              allow("WITHDRAW_REQUEST"),
              now.isBefore(offer.answerBy())
                  ? allow("ANSWER_OFFER")
                  : refuse("ANSWER_OFFER", "OFFER_CLOSED"));
      case Request.WithdrawalAsked _ -> List.of(refuse("WITHDRAW_REQUEST", "REQUEST_CLOSED"));
      case Request.Closed _ -> List.of();
    };
  }

  private static boolean lastRequestRefused(Order.Placed order) {
    var sent = order.requests().sent();
    if (sent.isEmpty() || !(sent.getLast().stage() instanceof Request.Closed last)) return false;
    return switch (last.outcome()) {
      // Silence that approves leaves nothing of the request to complain about.
      case DECLINED, TIMED_OUT -> order.goods().open().covers(sent.getLast().sent().units());
      case APPROVED, WITHDRAWN, LAPSED, SHIPPED, OVERTAKEN -> false;
    };
  }

  private static Optional<String> whyNoCase(Order.Placed order, Instant now) {
    if (windowClosed(order, now)) return Optional.of("WINDOW_CLOSED");
    return order.cases().open().isPresent() ? Optional.of("CASE_OPEN") : Optional.empty();
  }

  private static Optional<String> whyNoReturn(Order.Placed order, Instant now) {
    var whyNoCase = whyNoCase(order, now);
    if (whyNoCase.isPresent()) return whyNoCase;
    if (order.goods().delivered().isEmpty() && !order.delivered()) {
      return Optional.of("UNITS_NOT_DELIVERED");
    }
    var returnable =
        order.terms().lines().stream()
            .anyMatch(line ->
                line.returnPolicy() != ReturnPolicy.NONE
                    && order.goods().shipped().of(line.lineId()) > 0);
    return returnable ? Optional.empty() : Optional.of("RETURN_NOT_AVAILABLE");
  }

  private static Optional<String> whyNoDispute(Order.Placed order, Instant now) {
    var whyNoCase = whyNoCase(order, now);
    if (whyNoCase.isPresent()) return whyNoCase;
    var arrivedOrOverdue =
        order.delivered()
            || order.goods().parcels().stream()
                .anyMatch(parcel ->
                    parcel.state() == Parcel.State.DELIVERED
                        || parcel.state() == Parcel.State.LOST
                        || !now.isBefore(parcel.deliverBy()));
    return arrivedOrOverdue ? Optional.empty() : Optional.of("TOO_EARLY");
  }

  private static boolean windowClosed(Order.Placed order, Instant now) {
    return order.ending().windowClosed()
        || order.status() == OrderStatus.COMPLETED
        || !now.isBefore(order.ending().afterSaleUntil());
  }

  private static BuyerAction ask(String name, Optional<String> whyNot) {
    return whyNot.map(code -> refuse(name, code)).orElseGet(() -> allow(name));
  }

  private static BuyerAction allow(String name) {
    return new BuyerAction(name, true, null);
  }

  private static BuyerAction refuse(String name, String whyNot) {
    return new BuyerAction(name, false, whyNot);
  }
}
