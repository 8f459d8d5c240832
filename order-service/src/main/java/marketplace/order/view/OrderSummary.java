package marketplace.order.view;

import java.time.Instant;
import java.util.List;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.order.domain.Order;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.OrderStatus;
import org.jspecify.annotations.Nullable;

/// One line of "My orders", and what it takes to order the same again.
///
/// @param request the state of the open cancellation request, null where none is open
/// @param nextDeadline the first countdown to end, null where nobody waits
/// @param externalReference null unless the buyer buys for somebody else
public record OrderSummary(
    OrderId orderId,
    String orderNumber,
    OrderStatus status,
    String label,
    boolean deleted,
    BuyerId buyerId,
    SellerId sellerId,
    List<Line> lines,
    long shippingFeeMinor,
    long totalMinor,
    String currency,
    PaymentMethod paymentMethod,
    OrderEvent.Destination deliverTo,
    String policyId,
    OrderView.PaymentStage paymentState,
    OrderView.RefundStage refundState,
    CancelView.@Nullable State request,
    @Nullable NextDeadline nextDeadline,
    Instant placedAt,
    @Nullable String externalReference,
    int version,
    int publishedVersion) {

  public record Line(ProductId productId, String title, int quantity) {}

  public record NextDeadline(String name, Instant at) {}

  static OrderSummary of(Order.Placed order, int version, int publishedVersion, Instant now) {
    var terms = order.terms();
    return new OrderSummary(
        terms.orderId(),
        terms.orderId().number(),
        order.status(),
        OrderLabels.label(order),
        order.deleted(),
        terms.buyerId(),
        terms.sellerId(),
        terms.lines().stream()
            .map(line -> new Line(line.productId(), line.title(), line.quantity()))
            .toList(),
        terms.shippingFeeMinor(),
        terms.totalMinor(),
        terms.currency(),
        terms.paymentMethod(),
        terms.deliverTo(),
        terms.terms().policyId(),
        OrderView.payment(order).state(),
        OrderView.refund(order.funds()).state(),
        order.requests().open().map(request -> CancelView.of(request, now).state()).orElse(null),
        Countdown.of(order, now).stream()
            .findFirst()
            .map(countdown -> new NextDeadline(countdown.name(), countdown.at()))
            .orElse(null),
        terms.placedAt(),
        terms.externalReference(),
        version,
        publishedVersion);
  }
}
