package marketplace.dispute.process;

import java.util.Optional;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.CancellationOfferAnswered;
import marketplace.contracts.OrderMessage.CancellationRequested;
import marketplace.contracts.OrderMessage.CancellationWithdrawalAsked;
import marketplace.contracts.OrderMessage.OrderCancelled;
import marketplace.contracts.OrderMessage.OrderCompleted;
import marketplace.contracts.OrderMessage.OrderDelivered;
import marketplace.contracts.OrderMessage.OrderPlaced;
import marketplace.contracts.OrderMessage.OrderReadyToShip;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.contracts.OrderMessage.ReceiptConfirmed;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.RefundMessage.PaymentAuthorized;
import marketplace.contracts.RefundMessage.PaymentCaptured;
import marketplace.contracts.RefundMessage.PaymentFailed;
import marketplace.contracts.RefundMessage.PaymentVoided;
import marketplace.contracts.RefundMessage.PayoutReleased;
import marketplace.contracts.RefundMessage.RefundAttemptFailed;
import marketplace.contracts.RefundMessage.RefundDenied;
import marketplace.contracts.RefundMessage.RefundIssued;
import marketplace.contracts.RefundMessage.RefundRequested;
import marketplace.contracts.RefundMessage.RefundRerouted;
import marketplace.contracts.RefundMessage.RefundSettled;
import marketplace.contracts.SellerMessage;
import marketplace.contracts.SellerMessage.CancellationWithdrawn;
import marketplace.contracts.SellerMessage.DeliveryRefused;
import marketplace.contracts.SellerMessage.FulfilmentOpened;
import marketplace.contracts.SellerMessage.FulfilmentStopRefused;
import marketplace.contracts.SellerMessage.FulfilmentStopped;
import marketplace.contracts.SellerMessage.ParcelDelivered;
import marketplace.contracts.SellerMessage.ParcelInTransit;
import marketplace.contracts.SellerMessage.ParcelLost;
import marketplace.contracts.SellerMessage.ParcelReturnedToSender;
import marketplace.contracts.SellerMessage.PartialRefundOfferLapsed;
import marketplace.contracts.SellerMessage.PartialRefundOfferRejected;
import marketplace.contracts.SellerMessage.PartialRefundOffered;
import marketplace.contracts.SellerMessage.ProcessingStarted;
import marketplace.contracts.SellerMessage.ReturnAgreed;
import marketplace.contracts.SellerMessage.SellerApproved;
import marketplace.contracts.SellerMessage.SellerCancelled;
import marketplace.contracts.SellerMessage.SellerDeclined;
import marketplace.contracts.SellerMessage.SellerReminded;
import marketplace.contracts.SellerMessage.SellerTimedOut;
import marketplace.contracts.SellerMessage.ShipDeadlineMissed;
import marketplace.contracts.SellerMessage.ShipmentDispatched;
import marketplace.dispute.domain.AfterSaleCommand.TakeNote;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.Noted;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.ShipmentNoted;
import marketplace.dispute.domain.AfterSaleEvent.Source;
import marketplace.dispute.domain.AfterSaleEvent.UnitsCancelledNoted;
import marketplace.eventsourcing.Fact;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.StreamId;
import marketplace.kernel.LineUnits;
import marketplace.kernel.OrderId;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.kernel.Units;

/// What the facts of the other services mean for the after-sale window. Those without meaning are
/// named too, so that a new kind of fact does not compile until somebody has thought about it.
public final class AfterSaleReactions {
  public static final String CATEGORY = "aftersale";

  private final Policies policies;

  public AfterSaleReactions(Policies policies) {
    this.policies = policies;
  }

  public Reaction.Response toOrder(Fact<? extends OrderMessage> fact) {
    return switch (fact.message()) {
      case OrderPlaced placed -> open(fact, placed);
      case OrderUnitsCancelled cancelled ->
          note(
              cancelled.orderId(),
              new UnitsCancelledNoted(
                  source(fact), cancelled.settlementId(), cancelled.units(), version(fact)));
      case OrderCancelled cancelled ->
          note(cancelled.orderId(), new CancellationNoted(source(fact), version(fact)));
      case OrderDelivered delivered ->
          note(
              delivered.orderId(),
              new DeliveryNoted(source(fact), delivered.afterSaleUntil(), version(fact)));
      case OrderReadyToShip _,
          CancellationRequested _,
          CancellationWithdrawalAsked _,
          CancellationOfferAnswered _,
          ReceiptConfirmed _,
          OrderCompleted _ ->
          Reaction.nothing();
    };
  }

  public Reaction.Response toSeller(Fact<? extends SellerMessage> fact) {
    return switch (fact.message()) {
      case ShipmentDispatched shipped ->
          note(
              shipped.orderId(),
              new ShipmentNoted(source(fact), shipped.shipmentId(), shipped.units()));
      case FulfilmentOpened _,
          ProcessingStarted _,
          SellerApproved _,
          SellerDeclined _,
          SellerTimedOut _,
          PartialRefundOffered _,
          PartialRefundOfferRejected _,
          PartialRefundOfferLapsed _,
          CancellationWithdrawn _,
          SellerReminded _,
          SellerCancelled _,
          ShipDeadlineMissed _,
          FulfilmentStopped _,
          FulfilmentStopRefused _,
          ParcelInTransit _,
          ParcelDelivered _,
          ReturnAgreed _,
          DeliveryRefused _,
          ParcelReturnedToSender _,
          ParcelLost _ ->
          Reaction.nothing();
    };
  }

  public Reaction.Response toRefund(Fact<? extends RefundMessage> fact) {
    return switch (fact.message()) {
      case RefundIssued issued ->
          note(
              issued.orderId(),
              new RefundNoted(source(fact), issued.refundId(), issued.fullyRefunded()));
      case PaymentAuthorized _,
          PaymentCaptured _,
          PaymentFailed _,
          PaymentVoided _,
          RefundRequested _,
          RefundAttemptFailed _,
          RefundRerouted _,
          RefundSettled _,
          RefundDenied _,
          PayoutReleased _ ->
          Reaction.nothing();
    };
  }

  private Reaction.Response open(Fact<?> fact, OrderPlaced placed) {
    Optional<PolicySet> policy = policies.find(placed.policyId());
    if (policy.isEmpty()) return new Reaction.Await("policy:" + placed.policyId());
    return Reaction.open(
        streamOf(placed.orderId()),
        new TakeNote(
            new PlacementNoted(
                source(fact),
                placed.orderId(),
                placed.buyerId(),
                placed.sellerId(),
                unitsOf(placed),
                placed.placedAt().plus(policy.get().afterSaleOuter()),
                version(fact))));
  }

  private static Reaction.Response note(OrderId orderId, Noted fact) {
    return Reaction.tell(streamOf(orderId), new TakeNote(fact));
  }

  private static Units unitsOf(OrderPlaced placed) {
    return new Units(
        placed.lines().stream()
            .map(line -> new LineUnits(line.lineId(), line.quantity()))
            .toList());
  }

  private static Source source(Fact<?> fact) {
    return new Source(fact.eventId(), fact.type());
  }

  /// An injected event without a version takes no part in counting (domain, section 6.4).
  private static int version(Fact<?> fact) {
    var version = fact.streamVersion();
    return version == null ? 0 : version;
  }

  public static StreamId streamOf(OrderId orderId) {
    return new StreamId(CATEGORY, orderId.value());
  }
}
