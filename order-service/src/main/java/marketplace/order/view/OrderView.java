package marketplace.order.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CaseType;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponIssuer;
import marketplace.kernel.LineId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.ProductId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.Units;
import marketplace.order.domain.Cases;
import marketplace.order.domain.Funds;
import marketplace.order.domain.Funds.PaymentState;
import marketplace.order.domain.Funds.Refund.Stage;
import marketplace.order.domain.Order;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.OrderStatus;
import marketplace.order.domain.UsedCoupon;
import org.jspecify.annotations.Nullable;

/// An order as its parties see it.
///
/// @param coupon null where none was used
/// @param request the one that is open, else the last one; null where none was sent
/// @param openCase written `case`: the dispute or return that is open, null for none; all of it is
///   dispute-service's to show
/// @param review null until the buyer has given one
/// @param actions what the buyer may do; empty for everybody else
/// @param reorderOf null for a first order
/// @param externalReference null unless the buyer buys for somebody else
public record OrderView(
    OrderId orderId,
    String orderNumber,
    OrderStatus status,
    String label,
    BuyerId buyerId,
    SellerId sellerId,
    String currency,
    List<Line> lines,
    long itemsGrossMinor,
    long discountMinor,
    long shippingFeeMinor,
    long totalMinor,
    @Nullable Coupon coupon,
    Payment payment,
    Refund refund,
    @Nullable CancelView request,
    @JsonProperty("case") @Nullable CaseView openCase,
    @Nullable Review review,
    List<Countdown> countdowns,
    List<BuyerAction> actions,
    String policyId,
    Instant placedAt,
    @Nullable OrderId reorderOf,
    @Nullable String externalReference,
    int version,
    int publishedVersion) {

  public record Line(
      LineId lineId,
      ProductId productId,
      String title,
      long unitPriceMinor,
      int quantity,
      long paidMinor,
      int open,
      int cancelled,
      int shipped,
      int delivered,
      int returned,
      ReturnPolicy returnPolicy) {}

  /// @param comment null unless the buyer says more
  public record Review(int stars, @Nullable String comment, Instant reviewedAt) {}

  public record CaseView(CaseType type, UUID id, Cases.State state) {}

  /// @param state USED until all that it covers has gone back, or part of it for good
  public record Coupon(
      CouponId couponId,
      String code,
      CouponIssuer issuer,
      List<LineId> appliesToLineIds,
      UsedCoupon.State state,
      Instant expiresAt) {}

  public record Payment(PaymentMethod method, PaymentStage state) {}

  public enum PaymentStage {
    NONE,
    AUTHORIZED,
    CAPTURED,
    VOIDED,
    FAILED
  }

  public record Refund(
      RefundStage state,
      long refundedMinor,
      long settledMinor,
      long pendingMinor,
      long keptBySellerMinor) {}

  public enum RefundStage {
    NONE,
    PENDING,
    PARTIAL,
    FULL
  }

  public static OrderView of(
      Order.Placed order, boolean forBuyer, int version, int publishedVersion, Instant now) {
    var terms = order.terms();
    return new OrderView(
        terms.orderId(),
        terms.orderId().number(),
        order.status(),
        OrderLabels.label(order),
        terms.buyerId(),
        terms.sellerId(),
        terms.currency(),
        terms.lines().stream().map(line -> line(line, order)).toList(),
        terms.itemsGrossMinor(),
        terms.itemsGrossMinor() - terms.itemsPaidMinor(),
        terms.shippingFeeMinor(),
        terms.totalMinor(),
        coupon(order),
        payment(order),
        refund(order.funds()),
        request(order, now),
        order
            .cases()
            .open()
            .map(one -> new CaseView(one.type(), one.id(), one.state()))
            .orElse(null),
        review(order),
        Countdown.of(order, now),
        forBuyer ? BuyerAction.of(order, now) : List.of(),
        terms.terms().policyId(),
        terms.placedAt(),
        terms.reorderOf(),
        terms.externalReference(),
        version,
        publishedVersion);
  }

  private static @Nullable Review review(Order.Placed order) {
    var given = order.ending().review();
    return given == null ? null : new Review(given.stars(), given.comment(), given.reviewedAt());
  }

  private static @Nullable Coupon coupon(Order.Placed order) {
    var used = order.terms().coupon();
    var state = order.couponState();
    return used == null || state == null
        ? null
        : new Coupon(
            used.couponId(),
            used.code(),
            used.issuer(),
            used.appliesToLineIds(),
            state,
            used.expiresAt());
  }

  private static Line line(OrderEvent.Line line, Order.Placed order) {
    var goods = order.goods();
    var id = line.lineId();
    return new Line(
        id,
        line.productId(),
        line.title(),
        line.unitPriceMinor(),
        line.quantity(),
        line.paidMinor(),
        goods.open().of(id),
        goods.cancelled().of(id),
        goods.shipped().of(id),
        arrived(order).of(id),
        order.cases().returned().of(id),
        line.returnPolicy());
  }

  /// A buyer who confirms the receipt has everything, whatever the carrier says.
  private static Units arrived(Order.Placed order) {
    return order.delivered() ? order.goods().shipped() : order.goods().delivered();
  }

  static Payment payment(Order.Placed order) {
    var funds = order.funds();
    var shown =
        funds
            .captured()
            .or(() ->
                funds.payments().stream()
                    .filter(payment -> payment.state() == PaymentState.AUTHORIZED)
                    .findFirst())
            .or(() -> funds.payments().stream().reduce((_, last) -> last));
    return shown
        .map(payment -> new Payment(payment.method(), state(payment.state())))
        .orElseGet(() -> new Payment(order.terms().paymentMethod(), PaymentStage.NONE));
  }

  private static PaymentStage state(PaymentState state) {
    return switch (state) {
      case AUTHORIZED -> PaymentStage.AUTHORIZED;
      case CAPTURED -> PaymentStage.CAPTURED;
      case FAILED -> PaymentStage.FAILED;
      case VOIDED -> PaymentStage.VOIDED;
    };
  }

  static Refund refund(Funds funds) {
    var pending = funds.sumMinor(stage -> stage == Stage.DUE || stage == Stage.REQUESTED);
    var refunded = funds.sumMinor(stage -> stage == Stage.ISSUED || stage == Stage.SETTLED);
    return new Refund(
        refundState(funds, pending, refunded),
        refunded,
        funds.sumMinor(stage -> stage == Stage.SETTLED),
        pending,
        funds.keptBySellerMinor());
  }

  private static RefundStage refundState(Funds funds, long pending, long refunded) {
    if (pending > 0) return RefundStage.PENDING;
    if (refunded == 0) return RefundStage.NONE;
    return funds.fullyRefunded() ? RefundStage.FULL : RefundStage.PARTIAL;
  }

  private static @Nullable CancelView request(Order.Placed order, Instant now) {
    var sent = order.requests().sent();
    if (sent.isEmpty()) return null;
    return CancelView.of(order.requests().open().orElseGet(sent::getLast), now);
  }
}
