package marketplace.dispute.process;

import java.util.Optional;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.CancellationOfferAnswered;
import marketplace.contracts.OrderMessage.CancellationRequested;
import marketplace.contracts.OrderMessage.CancellationWithdrawalAsked;
import marketplace.contracts.OrderMessage.CouponForfeited;
import marketplace.contracts.OrderMessage.CouponRestored;
import marketplace.contracts.OrderMessage.DeliveryBasis;
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
import marketplace.contracts.RefundMessage.RefundInquiryOpened;
import marketplace.contracts.RefundMessage.RefundInquiryResolved;
import marketplace.contracts.RefundMessage.RefundIssued;
import marketplace.contracts.RefundMessage.RefundRequested;
import marketplace.contracts.RefundMessage.RefundRerouted;
import marketplace.contracts.RefundMessage.RefundSettled;
import marketplace.contracts.SellerMessage;
import marketplace.contracts.SellerMessage.CancellationWithdrawn;
import marketplace.contracts.SellerMessage.Correspondent;
import marketplace.contracts.SellerMessage.DeliveryRefused;
import marketplace.contracts.SellerMessage.FulfilmentOpened;
import marketplace.contracts.SellerMessage.FulfilmentStopRefused;
import marketplace.contracts.SellerMessage.FulfilmentStopped;
import marketplace.contracts.SellerMessage.MessageSent;
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
import marketplace.contracts.SellerMessage.WhyDeclined;
import marketplace.dispute.domain.AfterSaleCommand.TakeNote;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.ContactNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.Noted;
import marketplace.dispute.domain.AfterSaleEvent.ParcelNoted;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReceiptNoted;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.RequestEndedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAgreedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ShipmentNoted;
import marketplace.dispute.domain.AfterSaleEvent.Source;
import marketplace.dispute.domain.AfterSaleEvent.StopNoted;
import marketplace.dispute.domain.AfterSaleEvent.StopRefusedNoted;
import marketplace.dispute.domain.AfterSaleEvent.UnitsCancelledNoted;
import marketplace.dispute.domain.Parcel;
import marketplace.dispute.domain.Sale;
import marketplace.eventsourcing.Fact;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.StreamId;
import marketplace.kernel.CancellationId;
import marketplace.kernel.OrderId;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.SilenceOutcome;

/// What the facts of the other services mean for the time after a sale. Those without meaning are
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
      case OrderUnitsCancelled m ->
          note(
              m.orderId(),
              new UnitsCancelledNoted(
                  source(fact), m.settlementId(), m.cause(), m.units(), version(fact)));
      case OrderCancelled m ->
          note(m.orderId(), new CancellationNoted(source(fact), m.cause(), version(fact)));
      case OrderDelivered m ->
          note(
              m.orderId(),
              new DeliveryNoted(
                  source(fact),
                  m.afterSaleUntil(),
                  m.basis() == DeliveryBasis.BUYER_CONFIRMED,
                  m.dueMinor(),
                  version(fact)));
      case ReceiptConfirmed m -> note(m.orderId(), new ReceiptNoted(source(fact)));
      case OrderReadyToShip _,
          CancellationRequested _,
          CancellationWithdrawalAsked _,
          CancellationOfferAnswered _,
          OrderCompleted _,
          OrderMessage.SellerReviewed _,
          CouponRestored _,
          CouponForfeited _,
          OrderMessage.BuyerNotified _ ->
          Reaction.nothing();
    };
  }

  /// How a request ended is only asked for the last one: a later one that was granted, withdrawn or
  /// let go takes back the right that an earlier refusal gave.
  public Reaction.Response toSeller(Fact<? extends SellerMessage> fact) {
    return switch (fact.message()) {
      case ShipmentDispatched m ->
          note(
              m.orderId(),
              new ShipmentNoted(
                  source(fact), m.shipmentId(), m.units(), m.trackingNumber(), m.deliverBy()));
      case ParcelDelivered m -> parcel(fact, m.shipmentId(), Parcel.State.DELIVERED);
      case ParcelLost m -> parcel(fact, m.shipmentId(), Parcel.State.LOST);
      case DeliveryRefused m -> parcel(fact, m.shipmentId(), Parcel.State.REFUSED);
      case ParcelReturnedToSender m -> parcel(fact, m.shipmentId(), Parcel.State.RETURNED);
      case SellerDeclined m ->
          requestEnded(fact, m.cancellationId(), m.why() == WhyDeclined.SELLER_REFUSED);
      case SellerTimedOut m ->
          requestEnded(fact, m.cancellationId(), m.outcome() == SilenceOutcome.DECLINE);
      case SellerApproved m -> requestEnded(fact, m.cancellationId(), false);
      case CancellationWithdrawn m -> requestEnded(fact, m.cancellationId(), false);
      case PartialRefundOfferLapsed m -> requestEnded(fact, m.cancellationId(), false);
      case MessageSent m when m.from() == Correspondent.BUYER ->
          note(m.orderId(), new ContactNoted(source(fact), m.messageId()));
      case ReturnAgreed m ->
          note(m.orderId(), new ReturnAgreedNoted(source(fact), m.units(), m.agreedAt()));
      case FulfilmentStopped m -> note(m.orderId(), new StopNoted(source(fact), m.disputeId()));
      case FulfilmentStopRefused m ->
          note(m.orderId(), new StopRefusedNoted(source(fact), m.disputeId(), m.refusedAt()));
      case FulfilmentOpened _,
          ProcessingStarted _,
          PartialRefundOffered _,
          PartialRefundOfferRejected _,
          SellerReminded _,
          SellerCancelled _,
          ShipDeadlineMissed _,
          MessageSent _,
          SellerMessage.SellerNotified _,
          ParcelInTransit _ ->
          Reaction.nothing();
    };
  }

  private static Reaction.Response parcel(
      Fact<? extends SellerMessage> fact, ShipmentId shipmentId, Parcel.State state) {
    return note(fact.message().orderId(), new ParcelNoted(source(fact), shipmentId, state));
  }

  private static Reaction.Response requestEnded(
      Fact<? extends SellerMessage> fact, CancellationId cancellationId, boolean refused) {
    return note(
        fact.message().orderId(), new RequestEndedNoted(source(fact), cancellationId, refused));
  }

  public Reaction.Response toRefund(Fact<? extends RefundMessage> fact) {
    return switch (fact.message()) {
      case RefundIssued m ->
          note(
              m.orderId(),
              new RefundNoted(
                  source(fact), m.refundId(), m.fullyRefunded(), m.totalRefundedMinor()));
      case PaymentAuthorized _,
          PaymentCaptured _,
          PaymentFailed _,
          PaymentVoided _,
          RefundRequested _,
          RefundAttemptFailed _,
          RefundInquiryOpened _,
          RefundInquiryResolved _,
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
                sale(placed, policy.get()),
                placed.placedAt().plus(policy.get().afterSaleOuter()),
                version(fact))));
  }

  private static Sale sale(OrderPlaced placed, PolicySet policy) {
    return new Sale(
        placed.orderId(),
        placed.buyerId(),
        placed.sellerId(),
        placed.currency(),
        placed.lines().stream()
            .map(line ->
                new Sale.Line(
                    line.lineId(), line.quantity(), line.paidMinor(), line.returnPolicy()))
            .toList(),
        placed.shippingFeeMinor(),
        placed.totalMinor(),
        !placed.paymentMethod().prepaid(),
        Sale.Terms.of(policy));
  }

  private static Reaction.Response note(OrderId orderId, Noted fact) {
    return Reaction.tell(streamOf(orderId), new TakeNote(fact));
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
