package marketplace.order.domain;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import marketplace.kernel.BuyerId;
import marketplace.kernel.NotificationId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.Units;
import marketplace.order.domain.OrderEvent.SellerReviewed;
import org.jspecify.annotations.Nullable;

/// Where an order stands: what was agreed, where its units are, what the money, the requests and
/// the cases do.
public sealed interface Order {

  record NotPlaced() implements Order {}

  /// @param terms fixed when it was placed
  /// @param couponState null where no coupon was used
  /// @param notified what the buyer was told
  record Placed(
      OrderEvent.OrderPlaced terms,
      Preparation preparation,
      Goods goods,
      Funds funds,
      Requests requests,
      Cases cases,
      UsedCoupon.@Nullable State couponState,
      Ending ending,
      Set<NotificationId> notified)
      implements Order {
    public Placed {
      notified = Set.copyOf(notified);
    }

    public OrderStatus status() {
      if (ending.completed()) return OrderStatus.COMPLETED;
      if (goods.allCancelled()) return OrderStatus.CANCELLED;
      if (delivered()) return OrderStatus.DELIVERED;
      if (goods.allSent()) return OrderStatus.SHIPPED;
      if (!goods.parcels().isEmpty()) return OrderStatus.PARTIALLY_SHIPPED;
      return switch (preparation) {
        case Unpaid() -> OrderStatus.AWAITING_PAYMENT;
        case Ready ready when ready.processing() -> OrderStatus.PENDING_SHIPPING;
        case Ready _ -> OrderStatus.AWAITING_SHIPMENT;
      };
    }

    public boolean delivered() {
      return goods.allSent() && (ending.receiptConfirmed() || goods.allArrived());
    }

    public boolean isBoughtBy(BuyerId buyerId) {
      return terms.buyerId().equals(buyerId);
    }

    /// Cancelled, and with the money at rest: it may leave the buyer's list of current affairs.
    public boolean deleted() {
      return status() == OrderStatus.CANCELLED && funds.quiet();
    }

    public int attemptsLeft() {
      return Math.max(0, terms.terms().maxRequestsPerOrder() - requests.sent().size());
    }

    public boolean wouldCancelAll(Units units) {
      return goods.cancelled().plus(units).covers(goods.ordered());
    }

    /// What a cancellation of these units is worth: the shipping fee only with the whole order, and
    /// nothing before money has come in.
    public Worth worthOf(Units units) {
      if (funds.captured().isEmpty()) return Worth.NOTHING;
      var fee = wouldCancelAll(units) ? terms.shippingFeeMinor() : 0;
      return new Worth(Amounts.valueOf(terms.lines(), goods.cancelled(), units) + fee, fee);
    }

    /// What the carrier collects on delivery: nothing where the order is prepaid.
    long dueOnDeliveryMinor() {
      if (terms.paymentMethod() != PaymentMethod.CASH_ON_DELIVERY) return 0;
      return terms.totalMinor() - Amounts.valueOf(terms.lines(), Units.NONE, goods.cancelled());
    }

    /// Have all units that a coupon covers gone back, once these are cancelled?
    public boolean givenBack(UsedCoupon coupon, Units cancelled) {
      var back = cancelled.plus(cases.returned());
      return terms.lines().stream()
          .filter(line -> coupon.appliesToLineIds().contains(line.lineId()))
          .allMatch(line -> back.of(line.lineId()) >= line.quantity());
    }

    boolean partlyGivenBack(UsedCoupon coupon) {
      var back = goods.cancelled().plus(cases.returned());
      return coupon.appliesToLineIds().stream().anyMatch(line -> back.of(line) > 0);
    }

    Placed told(NotificationId notification) {
      var more = new HashSet<>(notified);
      more.add(notification);
      return new Placed(
          terms, preparation, goods, funds, requests, cases, couponState, ending, more);
    }

    Placed with(UsedCoupon.State next) {
      return new Placed(terms, preparation, goods, funds, requests, cases, next, ending, notified);
    }

    /// Has its buyer said anything in words of his own?
    public boolean hasWords() {
      var review = ending.review();
      return (review != null && review.comment() != null)
          || requests.sent().stream().anyMatch(request -> request.sent().comment() != null);
    }

    /// The same order, without what its buyer has said up to then.
    public Placed withoutWordsUntil(Instant erasedAt) {
      var order = with(requests.withoutWordsUntil(erasedAt));
      var review = ending.review();
      return review == null || review.reviewedAt().isAfter(erasedAt)
          ? order
          : order.with(ending.reviewed(review.withoutWords()));
    }

    Placed with(Preparation next) {
      return new Placed(terms, next, goods, funds, requests, cases, couponState, ending, notified);
    }

    Placed with(Goods next) {
      return new Placed(
          terms, preparation, next, funds, requests, cases, couponState, ending, notified);
    }

    Placed with(Funds next) {
      return new Placed(
          terms, preparation, goods, next, requests, cases, couponState, ending, notified);
    }

    Placed with(Requests next) {
      return new Placed(
          terms, preparation, goods, funds, next, cases, couponState, ending, notified);
    }

    Placed with(Cases next) {
      return new Placed(
          terms, preparation, goods, funds, requests, next, couponState, ending, notified);
    }

    Placed with(Ending next) {
      return new Placed(
          terms, preparation, goods, funds, requests, cases, couponState, next, notified);
    }
  }

  /// @param shippingFeeMinor the part of `fullMinor` that is the shipping fee
  record Worth(long fullMinor, long shippingFeeMinor) {
    static final Worth NOTHING = new Worth(0, 0);
  }

  sealed interface Preparation {}

  record Unpaid() implements Preparation {}

  record Ready(Instant shipBy, Instant autoApproveUntil, boolean processing)
      implements Preparation {}

  /// @param afterSaleUntil counted from placing, and from delivery once that is earlier
  /// @param windowClosed dispute-service has closed the after-sale window
  /// @param review null until the buyer has given one
  record Ending(
      Instant afterSaleUntil,
      boolean receiptConfirmed,
      boolean windowClosed,
      boolean completed,
      @Nullable SellerReviewed review) {
    Ending until(Instant earlier) {
      return new Ending(earlier, receiptConfirmed, windowClosed, completed, review);
    }

    Ending confirmed() {
      return new Ending(afterSaleUntil, true, windowClosed, completed, review);
    }

    Ending closed() {
      return new Ending(afterSaleUntil, receiptConfirmed, true, completed, review);
    }

    Ending complete() {
      return new Ending(afterSaleUntil, receiptConfirmed, windowClosed, true, review);
    }

    Ending reviewed(@Nullable SellerReviewed given) {
      return new Ending(afterSaleUntil, receiptConfirmed, windowClosed, completed, given);
    }
  }
}
