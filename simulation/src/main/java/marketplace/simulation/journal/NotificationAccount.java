package marketplace.simulation.journal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.Message;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.SellerMessage;
import marketplace.eventsourcing.Origin;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CaseParty;
import marketplace.kernel.NotificationId;
import marketplace.kernel.ReturnApproval;
import marketplace.kernel.SilenceOutcome;

/// One notification for each event and recipient (domain, sections 12 and 13), over the public
/// events of one order: what follows from an event is owed, what was told is taken off.
final class NotificationAccount {
  private final BiConsumer<String, String> report;
  private final Map<String, Integer> owed = new TreeMap<>();
  private final Set<NotificationId> told = new HashSet<>();

  /// They have no id of their own: of one instant, they are one.
  private final Set<String> rejections = new HashSet<>();

  private boolean whole;
  private boolean injected;

  /// @param report of what is broken: the invariant, and what was seen
  NotificationAccount(BiConsumer<String, String> report) {
    this.report = report;
  }

  void watch(Published event) {
    if (event.envelope().origin() == Origin.INJECTED) injected = true;
    switch (event.message()) {
      case OrderMessage.BuyerNotified m -> tell(m.notificationId(), "BUYER " + m.template());
      case SellerMessage.SellerNotified m -> tell(m.notificationId(), "SELLER " + m.template());
      case DisputeMessage.DisputeOfferRejected m
          when !rejections.add(m.disputeId() + "/" + m.at()) -> {}
      case Message other -> owed(other).forEach(notice -> owed.merge(notice, 1, Integer::sum));
    }
    if (event.message() instanceof OrderMessage.OrderPlaced) whole = true;
  }

  private void tell(NotificationId id, String what) {
    if (!told.add(id)) report.accept("N1", what + " was told twice");
    owed.merge(what, -1, Integer::sum);
  }

  /// Nobody is told of what was only injected; and of an order from before there were
  /// notifications, or of which the journal has no beginning, nothing can be said.
  List<String> settled() {
    if (injected || !whole || told.isEmpty()) return List.of();
    List<String> wrong = new ArrayList<>();
    owed.forEach((notice, count) -> {
      if (count > 0) wrong.add("%s was not told, %d times".formatted(notice, count));
      if (count < 0) wrong.add("%s was told for nothing, %d times".formatted(notice, -count));
    });
    return wrong;
  }

  private static List<String> owed(Message message) {
    return switch (message) {
      case OrderMessage.OrderPlaced _ -> buyer("ORDER_PLACED");
      case OrderMessage.CancellationRequested _ -> both("REQUEST_RECEIVED");
      case OrderMessage.OrderCancelled m ->
          m.cause() == CancellationCause.BUYER_BEFORE_PAYMENT
                  || m.cause() == CancellationCause.PAYMENT_DEADLINE_MISSED
              ? buyer("ORDER_CLOSED_UNPAID")
              : both("ORDER_CANCELLED");
      case OrderMessage.OrderUnitsCancelled m when !m.wholeOrder() -> both("UNITS_CANCELLED");
      case OrderMessage.CouponRestored _ -> buyer("COUPON_BACK");
      case OrderMessage.CouponForfeited _ -> buyer("COUPON_NOT_BACK");
      case OrderMessage.OrderDelivered _ -> buyer("DELIVERED");
      case SellerMessage.SellerReminded _ -> seller("REQUEST_REMINDER");
      case SellerMessage.SellerDeclined _ -> buyer("REQUEST_DECLINED");
      case SellerMessage.SellerTimedOut m when m.outcome() == SilenceOutcome.DECLINE ->
          buyer("REQUEST_DECLINED");
      case SellerMessage.PartialRefundOffered _ -> buyer("OFFER_RECEIVED");
      case SellerMessage.PartialRefundOfferLapsed _ -> buyer("OFFER_LAPSED");
      case SellerMessage.ShipmentDispatched m ->
          buyer(m.closesCancellationId() == null ? "SHIPPED" : "REQUEST_ENDED_BY_SHIPMENT");
      case RefundMessage.RefundIssued _ -> buyer("REFUND_SENT");
      case RefundMessage.RefundSettled _ -> buyer("REFUND_ARRIVED");
      case RefundMessage.RefundRerouted _ -> buyer("REFUND_REROUTED");
      case DisputeMessage m -> owed(m);
      default -> List.of();
    };
  }

  private static List<String> owed(DisputeMessage message) {
    return switch (message) {
      case DisputeMessage.DisputeOpened _ -> seller("DISPUTE_OPENED");
      case DisputeMessage.DisputeOfferMade m ->
          m.by() == CaseParty.SELLER ? buyer("DISPUTE_OFFER_MADE") : seller("DISPUTE_OFFER_MADE");
      case DisputeMessage.DisputeOfferRejected m when m.by() == CaseParty.SELLER ->
          buyer("DISPUTE_OFFER_REJECTED");
      case DisputeMessage.DisputeResolved _ -> both("DISPUTE_RESOLVED");
      case DisputeMessage.DisputeWithdrawn _ -> both("DISPUTE_WITHDRAWN");
      case DisputeMessage.ReturnApproved m when m.how() != ReturnApproval.DELIVERY_REFUSED ->
          buyer("RETURN_APPROVED");
      case DisputeMessage.ReturnParcelDelivered _ -> seller("RETURN_ARRIVED");
      case DisputeMessage.ReturnRejected _ -> both("RETURN_REJECTED");
      case DisputeMessage.ReturnAccepted _ -> both("RETURN_ACCEPTED");
      case DisputeMessage.ReturnClosed _ -> both("RETURN_CLOSED");
      default -> List.of();
    };
  }

  private static List<String> buyer(String template) {
    return List.of("BUYER " + template);
  }

  private static List<String> seller(String template) {
    return List.of("SELLER " + template);
  }

  private static List<String> both(String template) {
    return List.of("BUYER " + template, "SELLER " + template);
  }
}
