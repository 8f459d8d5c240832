package marketplace.order.domain;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.Fault;
import marketplace.kernel.LineId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PolicySet;
import marketplace.kernel.RefundCause;
import marketplace.kernel.SellerId;
import marketplace.kernel.Units;
import marketplace.order.domain.Order.Ending;
import marketplace.order.domain.Order.NotPlaced;
import marketplace.order.domain.Order.Placed;
import marketplace.order.domain.Order.Ready;
import marketplace.order.domain.Order.Unpaid;
import marketplace.order.domain.OrderCommand.AnswerOffer;
import marketplace.order.domain.OrderCommand.AskWithdrawal;
import marketplace.order.domain.OrderCommand.ConfirmReceipt;
import marketplace.order.domain.OrderCommand.LetPaymentTimePass;
import marketplace.order.domain.OrderCommand.NotSold;
import marketplace.order.domain.OrderCommand.PlaceOrder;
import marketplace.order.domain.OrderCommand.RequestCancellation;
import marketplace.order.domain.OrderCommand.Review;
import marketplace.order.domain.OrderCommand.Sold;
import marketplace.order.domain.OrderCommand.TakeNote;
import marketplace.order.domain.OrderCommand.WantedCoupon;
import marketplace.order.domain.OrderEvent.BuyerNotified;
import marketplace.order.domain.OrderEvent.CancellationOfferAnswered;
import marketplace.order.domain.OrderEvent.CancellationRequested;
import marketplace.order.domain.OrderEvent.CancellationWithdrawalAsked;
import marketplace.order.domain.OrderEvent.CouponForfeited;
import marketplace.order.domain.OrderEvent.CouponRestored;
import marketplace.order.domain.OrderEvent.DeliveredBecause;
import marketplace.order.domain.OrderEvent.Line;
import marketplace.order.domain.OrderEvent.Noted;
import marketplace.order.domain.OrderEvent.OrderCancelled;
import marketplace.order.domain.OrderEvent.OrderCompleted;
import marketplace.order.domain.OrderEvent.OrderDelivered;
import marketplace.order.domain.OrderEvent.OrderPlaced;
import marketplace.order.domain.OrderEvent.OrderReadyToShip;
import marketplace.order.domain.OrderEvent.OrderUnitsCancelled;
import marketplace.order.domain.OrderEvent.ReadyBecause;
import marketplace.order.domain.OrderEvent.ReceiptConfirmed;
import marketplace.order.domain.OrderEvent.SellerReviewed;
import marketplace.order.domain.OrderEvent.Terms;
import marketplace.order.domain.OrderRejection.AlreadyCancelled;
import marketplace.order.domain.OrderRejection.AlreadyConfirmed;
import marketplace.order.domain.OrderRejection.AlreadyShipped;
import marketplace.order.domain.OrderRejection.CaseOpen;
import marketplace.order.domain.OrderRejection.CommentRequired;
import marketplace.order.domain.OrderRejection.CouponNotUsable;
import marketplace.order.domain.OrderRejection.CurrenciesMixed;
import marketplace.order.domain.OrderRejection.NotShipped;
import marketplace.order.domain.OrderRejection.NotTheBuyer;
import marketplace.order.domain.OrderRejection.OfferClosed;
import marketplace.order.domain.OrderRejection.OrderUnknown;
import marketplace.order.domain.OrderRejection.PolicyUnknown;
import marketplace.order.domain.OrderRejection.ProductUnknown;
import marketplace.order.domain.OrderRejection.RequestClosed;
import marketplace.order.domain.OrderRejection.RequestPending;
import marketplace.order.domain.OrderRejection.ReviewNotPossible;
import marketplace.order.domain.OrderRejection.SellerNotAccepting;
import marketplace.order.domain.OrderRejection.SellersMixed;
import marketplace.order.domain.OrderRejection.TooManyRequests;
import marketplace.order.domain.OrderRejection.TotalOutOfRange;
import marketplace.order.domain.OrderRejection.UnitsNotOpen;
import marketplace.order.domain.OrderRejection.WholeOrderOnly;
import marketplace.order.domain.coupon.Coupon;
import org.jspecify.annotations.Nullable;

/// The rules of an order: rows O1 to O22 of the domain, section 8.1. What other services' facts ask
/// for stands in `OrderNotes`.
public final class OrderDecider
    implements Decider<OrderCommand, Order, OrderEvent, OrderRejection> {
  /// Ten thousand million of a currency's main unit: no sum of an order comes near 64 bits.
  public static final long TOTAL_MINOR_MAX = 1_000_000_000_000L;

  @Override
  public Order initialState() {
    return new NotPlaced();
  }

  @Override
  public Decision<OrderEvent, OrderRejection> decide(
      OrderCommand command, Order state, Instant at) {
    return switch (state) {
      case NotPlaced() when command instanceof PlaceOrder place -> place(place, at);
      case NotPlaced() -> reject(new OrderUnknown());
      case Placed order ->
          switch (decide(command, order, at)) {
            case Decision.Accepted<OrderEvent, OrderRejection>(var events) ->
                accept(UsedCoupon.settle(order, events, at));
            case Decision.Rejected<OrderEvent, OrderRejection> rejected -> rejected;
          };
    };
  }

  private Decision<OrderEvent, OrderRejection> decide(
      OrderCommand command, Placed order, Instant at) {
    return switch (command) {
      case PlaceOrder _ -> alreadySo();
      case RequestCancellation c when !order.isBoughtBy(c.buyerId()) -> reject(new NotTheBuyer());
      case RequestCancellation c -> requestCancellation(c, order, at);
      case AskWithdrawal c when !order.isBoughtBy(c.buyerId()) -> reject(new NotTheBuyer());
      case AskWithdrawal c -> askWithdrawal(c, order, at);
      case AnswerOffer c when !order.isBoughtBy(c.buyerId()) -> reject(new NotTheBuyer());
      case AnswerOffer c -> answerOffer(c, order, at);
      case ConfirmReceipt c when !order.isBoughtBy(c.buyerId()) -> reject(new NotTheBuyer());
      case ConfirmReceipt _ -> confirmReceipt(order, at);
      case Review c when !order.isBoughtBy(c.buyerId()) -> reject(new NotTheBuyer());
      case Review c -> review(c, order, at);
      case LetPaymentTimePass() -> letPaymentTimePass(order, at);
      case TakeNote note -> OrderNotes.decide(note, order, at);
    };
  }

  /// O1.
  private static Decision<OrderEvent, OrderRejection> place(PlaceOrder c, Instant at) {
    List<Product> products = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (var wanted : c.lines()) {
      switch (wanted) {
        case NotSold _ -> {
          return reject(new ProductUnknown(lines.size()));
        }
        case Sold(var product, _) when product.priceMinor() > TOTAL_MINOR_MAX -> {
          return reject(new TotalOutOfRange());
        }
        case Sold(var product, var quantity) -> {
          lines.add(line(c, lines.size(), product, quantity));
          products.add(product);
        }
      }
    }
    var currency = products.getFirst().currency();
    var otherSeller = firstThat(products, product -> !product.sellerId().equals(c.sellerId()));
    if (otherSeller >= 0) return reject(new SellersMixed(otherSeller));
    var otherCurrency = firstThat(products, product -> !product.currency().equals(currency));
    if (otherCurrency >= 0) return reject(new CurrenciesMixed(otherCurrency));
    var policy = c.policy();
    if (policy == null) return reject(new PolicyUnknown());
    var taken = products.getFirst().standing().takesOrders(at);
    var wanted = c.coupon();
    if (wanted != null) {
      var coupon = usable(wanted, c.sellerId(), currency, lines, at);
      if (coupon.isEmpty()) return reject(new CouponNotUsable());
      if (!taken) return reject(new SellerNotAccepting());
      return placed(
          c, policy, currency, discounted(coupon.get(), lines), used(coupon.get(), lines), at);
    }
    if (!taken) return reject(new SellerNotAccepting());
    return placed(c, policy, currency, lines, null, at);
  }

  private static Decision<OrderEvent, OrderRejection> placed(
      PlaceOrder c,
      PolicySet policy,
      String currency,
      List<Line> lines,
      @Nullable UsedCoupon coupon,
      Instant at) {
    var onDelivery = c.paymentMethod() == PaymentMethod.CASH_ON_DELIVERY;
    var placed =
        new OrderPlaced(
            c.orderId(),
            c.buyerId(),
            c.sellerId(),
            currency,
            lines,
            c.shippingFeeMinor(),
            coupon,
            c.paymentMethod(),
            c.deliverTo(),
            at,
            onDelivery ? null : at.plus(policy.payWithin()),
            Terms.of(policy),
            c.externalReference(),
            c.reorderOf());
    if (placed.totalMinor() < 1 || placed.totalMinor() > TOTAL_MINOR_MAX) {
      return reject(new TotalOutOfRange());
    }
    return onDelivery
        ? accept(placed, readyToShip(placed, placed.units(), ReadyBecause.CASH_ON_DELIVERY, at))
        : accept(placed);
  }

  /// The first that can be used for these lines; whether it still can be is its wallet's to say.
  private static Optional<Coupon> usable(
      WantedCoupon wanted, SellerId sellerId, String currency, List<Line> lines, Instant at) {
    return wanted.candidates().stream()
        .filter(coupon -> coupon.isFor(sellerId, currency) && !coupon.hasExpired(at))
        .filter(coupon -> {
          var covered = grossMinor(coupon, lines);
          return covered > 0 && covered >= coupon.minSpendMinor();
        })
        .findFirst();
  }

  private static List<Line> covered(Coupon coupon, List<Line> lines) {
    return lines.stream().filter(line -> coupon.covers(line.productId())).toList();
  }

  private static long grossMinor(Coupon coupon, List<Line> lines) {
    return covered(coupon, lines).stream().mapToLong(Line::grossMinor).sum();
  }

  private static List<Line> discounted(Coupon coupon, List<Line> lines) {
    var covered = covered(coupon, lines);
    var discount = Math.min(coupon.discountMinor(), grossMinor(coupon, lines));
    var shares = Discount.shares(discount, covered.stream().map(Line::grossMinor).toList());
    return lines.stream()
        .map(line -> {
          var index = covered.indexOf(line);
          return index < 0 ? line : line.less(shares.get(index));
        })
        .toList();
  }

  private static UsedCoupon used(Coupon coupon, List<Line> lines) {
    return new UsedCoupon(
        coupon.couponId(),
        coupon.code(),
        coupon.issuer(),
        covered(coupon, lines).stream().map(Line::lineId).toList(),
        coupon.expiresAt());
  }

  /// Before anything is taken off, the gross amount of a line is what is paid for it.
  private static Line line(PlaceOrder c, int index, Product product, int quantity) {
    return new Line(
        new LineId(Ids.nameBased("line", c.orderId() + "/" + index)),
        product.productId(),
        product.title(),
        product.priceMinor(),
        quantity,
        product.priceMinor() * quantity,
        product.returnPolicyFor(c.deliverTo().country()));
  }

  private static int firstThat(List<Product> products, Predicate<Product> differs) {
    return IntStream.range(0, products.size())
        .filter(index -> differs.test(products.get(index)))
        .findFirst()
        .orElse(-1);
  }

  static OrderReadyToShip readyToShip(
      OrderPlaced placed, Units units, ReadyBecause basis, Instant at) {
    return new OrderReadyToShip(
        placed.orderId(),
        placed.sellerId(),
        basis,
        at,
        at.plus(placed.terms().shipWithin()),
        at.plus(placed.terms().autoApproveWithin()),
        units);
  }

  /// O5 and O8: the same wish is an order while nothing is paid, and a question afterwards.
  private static Decision<OrderEvent, OrderRejection> requestCancellation(
      RequestCancellation c, Placed order, Instant at) {
    var units = c.units() == null ? order.goods().open() : order.goods().inLineOrder(c.units());
    var refusal =
        switch (order.status()) {
          case AWAITING_PAYMENT -> whyNotAtOnce(c.units(), order);
          case AWAITING_SHIPMENT, PENDING_SHIPPING, PARTIALLY_SHIPPED ->
              whyNoRequest(order)
                  .or(() -> whyNotOpen(c.units(), order))
                  .or(() -> caseInTheWay(order));
          case SHIPPED, DELIVERED, COMPLETED, CANCELLED -> whyNoRequest(order);
        };
    if (refusal.isPresent()) return reject(refusal.get());
    if (c.reason().needsComment() && c.comment() == null) return reject(new CommentRequired());
    if (order.status() == OrderStatus.AWAITING_PAYMENT) {
      return accept(cancelUnpaid(order, CancellationCause.BUYER_BEFORE_PAYMENT, at));
    }
    return accept(
        new CancellationRequested(
            order.terms().orderId(),
            c.cancellationId(),
            c.buyerId(),
            order.terms().sellerId(),
            units,
            order.wouldCancelAll(units),
            c.reason(),
            c.comment(),
            order.requests().sent().size() + 1,
            at,
            at.plus(order.terms().terms().sellerReplyWithin()),
            order.worthOf(units).fullMinor()));
  }

  /// Why no unit of this order may be cancelled, or asked to be, whatever it is; empty where some
  /// may.
  public static Optional<OrderRejection> obstacle(Placed order) {
    return whyNoRequest(order).or(() -> caseInTheWay(order));
  }

  /// A dispute about a refused cancellation can still bring the very cancellation.
  private static Optional<OrderRejection> caseInTheWay(Placed order) {
    return order.cases().open().filter(Cases.Case::aboutCancellation).map(_ -> new CaseOpen());
  }

  private static Optional<OrderRejection> whyNoRequest(Placed order) {
    return switch (order.status()) {
      case AWAITING_PAYMENT -> Optional.empty();
      case AWAITING_SHIPMENT, PENDING_SHIPPING, PARTIALLY_SHIPPED ->
          order
              .requests()
              .open()
              .<OrderRejection>map(request -> new RequestPending(request.replyBy()))
              .or(() ->
                  order.attemptsLeft() == 0
                      ? Optional.of(new TooManyRequests())
                      : Optional.empty());
      case SHIPPED, DELIVERED, COMPLETED -> Optional.of(new AlreadyShipped());
      case CANCELLED -> Optional.of(new AlreadyCancelled());
    };
  }

  private static Optional<OrderRejection> whyNotAtOnce(@Nullable Units wanted, Placed order) {
    if (wanted != null && !wanted.covers(order.goods().open())) {
      return Optional.of(new WholeOrderOnly());
    }
    return whyNotOpen(wanted, order);
  }

  public static Optional<OrderRejection> whyNotOpen(@Nullable Units wanted, Placed order) {
    return wanted == null || order.goods().open().covers(wanted)
        ? Optional.empty()
        : Optional.of(new UnitsNotOpen());
  }

  /// Whatever was or will be captured goes back: nobody has started anything.
  static OrderCancelled cancelUnpaid(Placed order, CancellationCause cause, Instant at) {
    return new OrderCancelled(order.terms().orderId(), cause, Fault.BUYER, true, at);
  }

  /// O9.
  private static Decision<OrderEvent, OrderRejection> askWithdrawal(
      AskWithdrawal c, Placed order, Instant at) {
    var request = order.requests().open(c.cancellationId());
    if (request.isEmpty()) return reject(new RequestClosed());
    return switch (request.get().stage()) {
      case Request.Pending _, Request.Offered _ ->
          accept(new CancellationWithdrawalAsked(order.terms().orderId(), c.cancellationId(), at));
      case Request.WithdrawalAsked _, Request.Closed _ -> reject(new RequestClosed());
    };
  }

  /// O10.
  private static Decision<OrderEvent, OrderRejection> answerOffer(
      AnswerOffer c, Placed order, Instant at) {
    var request = order.requests().open(c.cancellationId());
    if (request.isEmpty()) return reject(new RequestClosed());
    return switch (request.get().stage()) {
      case Request.Offered offer when !offer.offerId().equals(c.offerId()) ->
          reject(new OfferClosed(null));
      case Request.Offered offer when !at.isBefore(offer.answerBy()) ->
          reject(new OfferClosed(offer.answerBy()));
      case Request.Offered _ ->
          accept(
              new CancellationOfferAnswered(
                  order.terms().orderId(), c.cancellationId(), c.offerId(), c.answer(), at));
      case Request.Pending _, Request.WithdrawalAsked _, Request.Closed _ ->
          reject(new OfferClosed(null));
    };
  }

  /// O16 and O17.
  private static Decision<OrderEvent, OrderRejection> confirmReceipt(Placed order, Instant at) {
    return switch (order.status()) {
      case AWAITING_PAYMENT, AWAITING_SHIPMENT, PENDING_SHIPPING, PARTIALLY_SHIPPED ->
          reject(new NotShipped());
      case CANCELLED -> reject(new AlreadyCancelled());
      case COMPLETED -> reject(new AlreadyConfirmed());
      case DELIVERED ->
          order.ending().receiptConfirmed()
              ? reject(new AlreadyConfirmed())
              : accept(new ReceiptConfirmed(order.terms().orderId(), at));
      case SHIPPED ->
          accept(
              new ReceiptConfirmed(order.terms().orderId(), at),
              delivered(order, DeliveredBecause.BUYER_CONFIRMED, at));
    };
  }

  /// O21.
  private static Decision<OrderEvent, OrderRejection> review(Review c, Placed order, Instant at) {
    return whyNoReview(order)
        .<Decision<OrderEvent, OrderRejection>>map(Decision::reject)
        .orElseGet(() ->
            accept(
                new SellerReviewed(
                    order.terms().orderId(),
                    order.terms().sellerId(),
                    c.stars(),
                    c.comment(),
                    at)));
  }

  public static Optional<OrderRejection> whyNoReview(Placed order) {
    var possible =
        switch (order.status()) {
          case DELIVERED, COMPLETED ->
              order.ending().review() == null && !order.funds().fullyRefunded();
          case AWAITING_PAYMENT,
              AWAITING_SHIPMENT,
              PENDING_SHIPPING,
              PARTIALLY_SHIPPED,
              SHIPPED,
              CANCELLED ->
              false;
        };
    return possible ? Optional.empty() : Optional.of(new ReviewNotPossible());
  }

  /// The after-sale window ends a while after delivery, and never later than it would have anyway.
  static OrderDelivered delivered(Placed order, DeliveredBecause basis, Instant deliveredAt) {
    var terms = order.terms().terms();
    var afterDelivery = deliveredAt.plus(terms.afterSaleAfterDelivery());
    var outer = order.terms().placedAt().plus(terms.afterSaleOuter());
    return new OrderDelivered(
        order.terms().orderId(),
        basis,
        deliveredAt,
        afterDelivery.isBefore(outer) ? afterDelivery : outer,
        order.goods().shipped(),
        order.dueOnDeliveryMinor());
  }

  /// O6.
  private static Decision<OrderEvent, OrderRejection> letPaymentTimePass(Placed order, Instant at) {
    return paymentTimePassed(order, at)
        ? accept(cancelUnpaid(order, CancellationCause.PAYMENT_DEADLINE_MISSED, at))
        : alreadySo();
  }

  /// A payment that is authorised holds D1: its money may come in any moment.
  static boolean paymentTimePassed(Placed order, Instant at) {
    return payBy(order).filter(payBy -> !at.isBefore(payBy)).isPresent();
  }

  private static Optional<Instant> payBy(Placed order) {
    if (order.status() != OrderStatus.AWAITING_PAYMENT || order.funds().anyAuthorized()) {
      return Optional.empty();
    }
    return Optional.ofNullable(order.terms().payBy());
  }

  /// D1 is the only deadline that this side decides.
  @Override
  public Optional<Deadline<OrderCommand>> nextDeadline(Order state) {
    return switch (state) {
      case NotPlaced() -> Optional.empty();
      case Placed order ->
          payBy(order).map(payBy -> new Deadline<>("payBy", 1, payBy, new LetPaymentTimePass()));
    };
  }

  @Override
  public Order evolve(Order state, OrderEvent event) {
    return switch (state) {
      case NotPlaced() when event instanceof OrderPlaced placed -> opened(placed);
      case NotPlaced() -> state;
      case Placed order -> evolve(order, event);
    };
  }

  private static Placed opened(OrderPlaced placed) {
    return new Placed(
        placed,
        new Unpaid(),
        new Goods(placed.units(), Units.NONE, List.of(), List.of()),
        Funds.NONE,
        Requests.NONE,
        Cases.NONE,
        placed.coupon() == null ? null : UsedCoupon.State.USED,
        new Ending(
            placed.placedAt().plus(placed.terms().afterSaleOuter()), false, false, false, null),
        Set.of());
  }

  static Placed evolve(Placed order, OrderEvent event) {
    var requests = order.requests();
    return switch (event) {
      case OrderPlaced _ -> order;
      case OrderReadyToShip e -> order.with(new Ready(e.shipBy(), e.autoApproveUntil(), false));
      case CancellationRequested e -> order.with(requests.add(Request.of(e)));
      case CancellationWithdrawalAsked e ->
          order.with(
              requests.change(
                  e.cancellationId(), request -> request.at(new Request.WithdrawalAsked())));
      case CancellationOfferAnswered e ->
          order.with(
              requests.change(e.cancellationId(), request -> request.at(new Request.Pending())));
      case OrderUnitsCancelled e -> unitsCancelled(order, e);
      case OrderCancelled e when e.refundAllCaptures() ->
          order.with(order.goods().cancelAll()).with(order.funds().refundAll());
      case OrderCancelled _ -> order.with(order.goods().cancelAll());
      case OrderDelivered e -> order.with(order.ending().until(e.afterSaleUntil()));
      case ReceiptConfirmed _ -> order.with(order.ending().confirmed());
      case OrderCompleted _ -> order.with(order.ending().complete());
      case SellerReviewed e -> order.with(order.ending().reviewed(e));
      case CouponRestored _ -> order.with(UsedCoupon.State.RESTORED);
      case CouponForfeited _ -> order.with(UsedCoupon.State.FORFEITED);
      case BuyerNotified e -> order.told(e.notificationId());
      case Noted e -> OrderNotes.evolve(order, e.effect());
    };
  }

  private static Placed unitsCancelled(Placed order, OrderUnitsCancelled e) {
    var after =
        order
            .with(order.goods().cancel(e.units()))
            .with(
                order
                    .funds()
                    .keep(e.keptBySellerMinor())
                    .due(RefundCause.CANCELLATION, e.settlementId().value(), e.refundMinor()));
    if (e.cancellationId() == null) return after;
    var outcome =
        e.cause() == CancellationCause.SELLER_TIMED_OUT
            ? Request.Outcome.TIMED_OUT
            : Request.Outcome.APPROVED;
    return after.with(
        after
            .requests()
            .grant(
                e.cancellationId(), new Request.Closed(outcome, e.cancelledAt(), e.refundMinor())));
  }
}
