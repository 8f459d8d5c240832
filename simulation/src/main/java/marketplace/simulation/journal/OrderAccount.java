package marketplace.simulation.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.OrderCancelled;
import marketplace.contracts.OrderMessage.OrderCompleted;
import marketplace.contracts.OrderMessage.OrderPlaced;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.RefundMessage.PaymentCaptured;
import marketplace.contracts.RefundMessage.PayoutReleased;
import marketplace.contracts.RefundMessage.RefundIssued;
import marketplace.contracts.RefundMessage.RefundRequested;
import marketplace.contracts.SellerAccountMessage;
import marketplace.contracts.SellerMessage;
import marketplace.contracts.SellerMessage.CancellationWithdrawn;
import marketplace.contracts.SellerMessage.FulfilmentStopped;
import marketplace.contracts.SellerMessage.PartialRefundOfferLapsed;
import marketplace.contracts.SellerMessage.PartialRefundOfferRejected;
import marketplace.contracts.SellerMessage.PartialRefundOffered;
import marketplace.contracts.SellerMessage.SellerApproved;
import marketplace.contracts.SellerMessage.SellerCancelled;
import marketplace.contracts.SellerMessage.SellerDeclined;
import marketplace.contracts.SellerMessage.SellerTimedOut;
import marketplace.contracts.SellerMessage.ShipDeadlineMissed;
import marketplace.contracts.SellerMessage.ShipmentDispatched;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CouponId;
import marketplace.kernel.LineUnits;
import marketplace.kernel.PayoutCause;
import marketplace.kernel.SilenceOutcome;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// The invariants of one order (domain, section 13), watched over its public events alone: whatever
/// the services believe, this is what the world can add up.
///
/// Money is counted in the ledger's own stream and units in each side's own, so the order in which
/// two topics are read does not matter.
public final class OrderAccount {
  private static final Duration DAY = Duration.ofHours(24);
  private static final int MESSAGES_PER_DAY = 10;

  private final UUID orderId;
  private final List<Broken> broken = new ArrayList<>();
  private final Map<String, Instant> lastTimes = new HashMap<>();

  private Units ordered = Units.NONE;
  private Units cancelledByOrder = Units.NONE;
  private Units cancelledBySeller = Units.NONE;
  private Units shipped = Units.NONE;

  private long captured;
  private long accepted;
  private long issued;
  private long paidOut;
  private final Set<String> refundCauses = new HashSet<>();

  private final Map<CancellationId, Instant> replyBy = new LinkedHashMap<>();
  private final Map<CancellationId, Instant> answerBy = new HashMap<>();
  private final Map<CancellationId, String> closedBy = new HashMap<>();
  private final Map<CancellationId, Instant> askedAt = new LinkedHashMap<>();
  private final Map<CancellationId, Instant> closedAt = new HashMap<>();

  private final NotificationAccount notifications = new NotificationAccount(this::report);
  private final CaseAccount cases = new CaseAccount(this::report);
  private final RefundAccount refunds = new RefundAccount(this::report);
  private final Set<String> answeredCauses = new HashSet<>();
  private boolean paidAfterSale;

  private final Map<SellerMessage.Correspondent, Deque<Instant>> messages = new HashMap<>();

  private OrderMessage.@Nullable Coupon coupon;
  private boolean couponEnded;

  private boolean completed;
  private @Nullable OrderCancelled cancelled;

  public OrderAccount(UUID orderId) {
    this.orderId = orderId;
  }

  /// @return what this event has broken
  public List<Broken> watch(Published event) {
    var before = broken.size();
    watchTime(event);
    notifications.watch(event);
    switch (event.message()) {
      case OrderMessage message -> watchOrder(message);
      case SellerMessage message -> watchSeller(message, event.envelope().time());
      case RefundMessage message -> {
        watchMoney(message);
        refunds.watch(message);
      }
      case DisputeMessage message -> cases.watch(message, event.envelope().time());
      case SellerAccountMessage _ -> {}
      default -> throw new IllegalStateException("no family of ours: " + event.message());
    }
    return List.copyOf(broken.subList(before, broken.size()));
  }

  /// What must be true once nothing is on its way any more.
  public List<Broken> settled() {
    List<Broken> found = new ArrayList<>(broken);
    if (!cancelledByOrder.equals(cancelledBySeller)) {
      found.add(
          broken(
              "U2",
              "order says %s cancelled, seller %s".formatted(cancelledByOrder, cancelledBySeller)));
    }
    for (var request : replyBy.keySet()) {
      if (!closedBy.containsKey(request))
        found.add(broken("R1", "request %s is open".formatted(request)));
    }
    found.addAll(requestsAtOnce());
    var end = cancelled;
    if (end != null && end.refundAllCaptures() && (captured != issued || paidOut != 0)) {
      found.add(
          broken(
              "M4", "captured %d, refunded %d, paid out %d".formatted(captured, issued, paidOut)));
    } else if (end != null && captured != issued + paidOut) {
      found.add(
          broken(
              "M5", "captured %d, refunded %d, paid out %d".formatted(captured, issued, paidOut)));
    }
    if (completed && captured != issued + paidOut) {
      found.add(
          broken(
              "M6", "captured %d, refunded %d, paid out %d".formatted(captured, issued, paidOut)));
    }
    if (paidAfterSale && !cases.closed()) {
      found.add(broken("M7", "paid out before the window was closed"));
    }
    if (isFinal() && cases.caseOpen()) found.add(broken("R2", "a case has outlived its order"));
    if (!shipped.covers(cases.returned())) {
      found.add(broken("U1", "returned %s of %s shipped".formatted(cases.returned(), shipped)));
    }
    if (coupon != null && !couponEnded && cancelled != null) {
      found.add(broken("C1", "the order was cancelled, and its coupon neither came back nor went"));
    }
    notifications.settled().forEach(wrong -> found.add(broken("N1", wrong)));
    if (refunds.goodwill() && shipped.isEmpty()) {
      found.add(broken("L7", "goodwill for what was never shipped"));
    }
    for (var cause : cases.owed()) {
      if (!answeredCauses.contains(cause)) {
        found.add(broken("M3", "%s was neither refunded nor denied".formatted(cause)));
      }
    }
    return found;
  }

  /// An order asks again only when it has heard of the end of the request before. Judged by the
  /// times, as the two sides are heard of in any order.
  private List<Broken> requestsAtOnce() {
    List<Broken> found = new ArrayList<>();
    CancellationId before = null;
    for (var request : askedAt.keySet()) {
      var end = before == null ? Instant.MIN : closedAt.getOrDefault(before, Instant.MAX);
      if (askedAt.getOrDefault(request, Instant.MAX).isBefore(end)) {
        found.add(broken("R2", "request %s was sent while %s was open".formatted(request, before)));
      }
      before = request;
    }
    return found;
  }

  /// What was wrong on the way.
  public List<Broken> broken() {
    return List.copyOf(broken);
  }

  public boolean isFinal() {
    return completed || cancelled != null;
  }

  /// Was a refund accepted that has not been sent? The provider may have refused it, and will be
  /// asked again when its time has come; what M4 to M6 speak of has not come before.
  public boolean refundOnItsWay() {
    return accepted > issued;
  }

  /// What is wrong in a market whose time goes on: what must be true at the end counts for an order
  /// that is at its end, with nothing of its money on its way.
  public List<Broken> brokenSoFar() {
    return isFinal() && !refundOnItsWay() ? settled() : broken();
  }

  /// Is there a reason, as far as the world knows, why the seller may not give of his own accord?
  public boolean forbidsGoodwill() {
    return shipped.isEmpty() || cases.caseOpen() || cases.closed();
  }

  public long captured() {
    return captured;
  }

  public long refunded() {
    return issued;
  }

  public long paidOut() {
    return paidOut;
  }

  private void watchTime(Published event) {
    var envelope = event.envelope();
    if (envelope.streamVersion() == null) return;
    var last = lastTimes.put(envelope.subject(), envelope.time());
    if (last != null && envelope.time().isBefore(last)) {
      report("T1", "%s at %s comes after %s".formatted(event.type(), envelope.time(), last));
    }
  }

  private void watchOrder(OrderMessage message) {
    switch (message) {
      case OrderPlaced placed -> {
        ordered =
            new Units(
                placed.lines().stream()
                    .map(line -> new LineUnits(line.lineId(), line.quantity()))
                    .toList());
        coupon = placed.coupon();
      }
      case OrderUnitsCancelled event -> {
        cancelledByOrder = cancelledByOrder.plus(event.units());
        watchUnits();
      }
      case OrderMessage.CancellationRequested request -> {
        replyBy.put(request.cancellationId(), request.replyBy());
        askedAt.put(request.cancellationId(), request.requestedAt());
      }
      case OrderCancelled event -> cancelled = event;
      case OrderCompleted _ -> completed = true;
      case OrderMessage.CouponRestored event -> watchCoupon(event.couponId());
      case OrderMessage.CouponForfeited event -> watchCoupon(event.couponId());
      case OrderMessage.OrderReadyToShip _,
          OrderMessage.CancellationWithdrawalAsked _,
          OrderMessage.CancellationOfferAnswered _,
          OrderMessage.OrderDelivered _,
          OrderMessage.ReceiptConfirmed _,
          OrderMessage.SellerReviewed _,
          OrderMessage.BuyerNotified _ -> {}
    }
  }

  private void watchCoupon(CouponId couponId) {
    var used = coupon;
    if (used == null || !used.couponId().equals(couponId)) {
      report("C1", "coupon %s was not used with this order".formatted(couponId));
    } else if (couponEnded) {
      report("C1", "coupon %s came to an end twice".formatted(couponId));
    }
    couponEnded = true;
  }

  private void watchSeller(SellerMessage message, Instant time) {
    switch (message) {
      case SellerApproved event -> {
        leave(event.units());
        close(event.cancellationId(), "APPROVED", time);
      }
      case SellerDeclined event -> close(event.cancellationId(), "DECLINED", time);
      case SellerTimedOut event -> {
        if (event.outcome() == SilenceOutcome.APPROVE) leave(event.units());
        close(event.cancellationId(), "TIMED_OUT", time);
        notBefore("SellerTimedOut", time, event.replyBy());
      }
      case CancellationWithdrawn event -> close(event.cancellationId(), "WITHDRAWN", time);
      case PartialRefundOffered event -> answerBy.put(event.cancellationId(), event.answerBy());
      case PartialRefundOfferRejected event -> {
        answerBy.remove(event.cancellationId());
        replyBy.put(event.cancellationId(), event.replyBy());
      }
      case PartialRefundOfferLapsed event -> {
        var limit = answerBy.get(event.cancellationId());
        close(event.cancellationId(), "LAPSED", time);
        if (limit != null) notBefore("PartialRefundOfferLapsed", time, limit);
      }
      case SellerCancelled event -> {
        leave(event.units());
        close(event.closesCancellationId(), "OVERTAKEN", time);
      }
      case ShipDeadlineMissed event -> {
        leave(event.units());
        close(event.closesCancellationId(), "OVERTAKEN", time);
        notBefore("ShipDeadlineMissed", time, event.shipBy());
      }
      case FulfilmentStopped event -> {
        leave(event.units());
        close(event.closesCancellationId(), "OVERTAKEN", time);
      }
      case ShipmentDispatched event -> {
        shipped = shipped.plus(event.units());
        watchUnits();
        close(event.closesCancellationId(), "SHIPPED", time);
      }
      case SellerMessage.MessageSent event -> watchMessage(event);
      case SellerMessage.FulfilmentOpened _,
          SellerMessage.ProcessingStarted _,
          SellerMessage.SellerReminded _,
          SellerMessage.FulfilmentStopRefused _,
          SellerMessage.ParcelInTransit _,
          SellerMessage.ParcelDelivered _,
          SellerMessage.ReturnAgreed _,
          SellerMessage.DeliveryRefused _,
          SellerMessage.ParcelReturnedToSender _,
          SellerMessage.ParcelLost _,
          SellerMessage.SellerNotified _ -> {}
    }
  }

  /// No policy allows more than ten (domain, sections 5 and 12).
  private void watchMessage(SellerMessage.MessageSent event) {
    var sent = messages.computeIfAbsent(event.from(), _ -> new ArrayDeque<>());
    while (!sent.isEmpty() && !sent.peek().isAfter(event.sentAt().minus(DAY))) sent.poll();
    sent.add(event.sentAt());
    if (sent.size() > MESSAGES_PER_DAY) {
      report("MESSAGES", "%s wrote %d times in a day".formatted(event.from(), sent.size()));
    }
  }

  private void watchMoney(RefundMessage message) {
    switch (message) {
      case PaymentCaptured event -> captured += event.amountMinor();
      case RefundRequested event -> {
        accepted += event.acceptedMinor();
        answeredCauses.add(event.causeType() + "/" + event.causeId());
        if (!refundCauses.add(event.causeType() + "/" + event.causeId())) {
          report("M3", "second refund for %s %s".formatted(event.causeType(), event.causeId()));
        }
      }
      case RefundIssued event -> {
        issued += event.amountMinor();
        if (event.totalRefundedMinor() != issued) {
          report(
              "M1",
              "ledger says refunded %d, sum is %d".formatted(event.totalRefundedMinor(), issued));
        }
      }
      case PayoutReleased event -> {
        paidOut += event.amountMinor();
        if (event.why() == PayoutCause.AFTER_SALE_CLOSED) paidAfterSale = true;
      }
      case RefundMessage.RefundDenied event ->
          answeredCauses.add(event.causeType() + "/" + event.causeId());
      case RefundMessage.PaymentAuthorized _,
          RefundMessage.PaymentFailed _,
          RefundMessage.PaymentVoided _,
          RefundMessage.RefundAttemptFailed _,
          RefundMessage.RefundRerouted _,
          RefundMessage.RefundInquiryOpened _,
          RefundMessage.RefundInquiryResolved _,
          RefundMessage.RefundSettled _ -> {}
    }
    if (captured - accepted - paidOut < 0 || accepted - issued < 0 || issued > captured) {
      report(
          "M2",
          "captured %d, refunds accepted %d, issued %d, paid out %d"
              .formatted(captured, accepted, issued, paidOut));
    }
  }

  private void leave(Units units) {
    cancelledBySeller = cancelledBySeller.plus(units);
    watchUnits();
  }

  private void watchUnits() {
    // Units that were never ordered: the order's own events may still be unread here.
    if (ordered.isEmpty()) return;
    if (!ordered.covers(cancelledByOrder.plus(shipped))
        || !ordered.covers(cancelledBySeller.plus(shipped))) {
      report(
          "U1",
          "ordered %s, cancelled %s and %s, shipped %s"
              .formatted(ordered, cancelledByOrder, cancelledBySeller, shipped));
    }
  }

  private void close(@Nullable CancellationId request, String how, Instant time) {
    if (request == null) return;
    var earlier = closedBy.putIfAbsent(request, how);
    closedAt.putIfAbsent(request, time);
    if (earlier != null)
      report("R1", "request %s ended %s, then %s".formatted(request, earlier, how));
    var last = answerBy.getOrDefault(request, replyBy.get(request));
    if (how.equals("APPROVED") && last != null && time.isAfter(last)) {
      report("R1", "request %s was approved at %s, after %s".formatted(request, time, last));
    }
  }

  private void notBefore(String event, Instant time, Instant deadline) {
    if (time.isBefore(deadline))
      report("T2", "%s at %s, before %s".formatted(event, time, deadline));
  }

  private void report(String id, String detail) {
    broken.add(broken(id, detail));
  }

  private Broken broken(String id, String detail) {
    return new Broken(id, orderId, detail);
  }
}
