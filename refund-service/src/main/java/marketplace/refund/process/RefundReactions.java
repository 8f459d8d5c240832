package marketplace.refund.process;

import marketplace.contracts.DisputeMessage;
import marketplace.contracts.DisputeMessage.AfterSaleClosed;
import marketplace.contracts.DisputeMessage.DisputeOpened;
import marketplace.contracts.DisputeMessage.DisputeResolved;
import marketplace.contracts.DisputeMessage.DisputeWithdrawn;
import marketplace.contracts.DisputeMessage.ReturnAccepted;
import marketplace.contracts.DisputeMessage.ReturnClosed;
import marketplace.contracts.DisputeMessage.ReturnRejected;
import marketplace.contracts.DisputeMessage.ReturnRequested;
import marketplace.contracts.DisputeMessage.RulingMade;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.CancellationOfferAnswered;
import marketplace.contracts.OrderMessage.CancellationRequested;
import marketplace.contracts.OrderMessage.CancellationWithdrawalAsked;
import marketplace.contracts.OrderMessage.CouponForfeited;
import marketplace.contracts.OrderMessage.CouponRestored;
import marketplace.contracts.OrderMessage.OrderCancelled;
import marketplace.contracts.OrderMessage.OrderCompleted;
import marketplace.contracts.OrderMessage.OrderDelivered;
import marketplace.contracts.OrderMessage.OrderPlaced;
import marketplace.contracts.OrderMessage.OrderReadyToShip;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.contracts.OrderMessage.ReceiptConfirmed;
import marketplace.contracts.SellerMessage;
import marketplace.contracts.SellerMessage.ShipmentDispatched;
import marketplace.eventsourcing.Fact;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.Reaction.Response;
import marketplace.eventsourcing.StreamId;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.OrderId;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.kernel.RefundCause;
import marketplace.refund.domain.Cause;
import marketplace.refund.domain.LedgerCommand;
import marketplace.refund.domain.LedgerCommand.CancelOrder;
import marketplace.refund.domain.LedgerCommand.CauseRefund;
import marketplace.refund.domain.LedgerCommand.CloseAfterSale;
import marketplace.refund.domain.LedgerCommand.CollectCash;
import marketplace.refund.domain.LedgerCommand.NoteCaseEnd;
import marketplace.refund.domain.LedgerCommand.NoteCaseOpen;
import marketplace.refund.domain.LedgerCommand.NoteOrder;
import marketplace.refund.domain.LedgerCommand.NoteShipment;
import marketplace.refund.domain.LedgerCommand.OpenLedger;
import marketplace.refund.domain.Source;
import marketplace.refund.domain.Terms;

/// What the others' facts ask of the ledger (domain, sections 4.4 and 4.5).
public final class RefundReactions {
  public static final String CATEGORY = "ledger";

  private final Policies policies;

  public RefundReactions(Policies policies) {
    this.policies = policies;
  }

  public static StreamId streamOf(OrderId orderId) {
    return new StreamId(CATEGORY, orderId.value());
  }

  /// Every record of the order's stream is noted, also where it asks nothing of the money: a payout
  /// waits until the stream has been read far enough, whatever its last records were about.
  public Response toOrder(Fact<? extends OrderMessage> fact) {
    var source = new Source(fact.eventId(), fact.type(), fact.streamVersion());
    return switch (fact.message()) {
      case OrderPlaced m ->
          policies
              .find(m.policyId())
              .<Response>map(policy ->
                  Reaction.open(streamOf(m.orderId()), new OpenLedger(source, terms(m, policy))))
              .orElseGet(() -> new Reaction.Await("policy:" + m.policyId()));
      case OrderUnitsCancelled m when m.refundMinor() != 0 ->
          tell(
              m,
              new CauseRefund(
                  source,
                  new Cause(RefundCause.CANCELLATION, m.settlementId().value()),
                  m.refundMinor()));
      case OrderCancelled m -> tell(m, new CancelOrder(source, m.refundAllCaptures()));
      case OrderDelivered m when m.dueMinor() != 0 ->
          tell(m, new CollectCash(source, m.dueMinor()));
      case OrderUnitsCancelled m -> tell(m, new NoteOrder(source));
      case OrderDelivered m -> tell(m, new NoteOrder(source));
      case OrderReadyToShip m -> tell(m, new NoteOrder(source));
      case CancellationRequested m -> tell(m, new NoteOrder(source));
      case CancellationWithdrawalAsked m -> tell(m, new NoteOrder(source));
      case CancellationOfferAnswered m -> tell(m, new NoteOrder(source));
      case ReceiptConfirmed m -> tell(m, new NoteOrder(source));
      case OrderCompleted m -> tell(m, new NoteOrder(source));
      case CouponRestored m -> tell(m, new NoteOrder(source));
      case CouponForfeited m -> tell(m, new NoteOrder(source));
      case OrderMessage.SellerReviewed _, OrderMessage.BuyerNotified _ -> Reaction.nothing();
    };
  }

  /// A parcel that has left is all that the money wants to know of the seller.
  public Response toSeller(Fact<? extends SellerMessage> fact) {
    return fact.message() instanceof ShipmentDispatched m
        ? Reaction.tell(streamOf(m.orderId()), new NoteShipment(source(fact), m.shipmentId()))
        : Reaction.nothing();
  }

  public Response toDispute(Fact<? extends DisputeMessage> fact) {
    return switch (fact.message()) {
      case AfterSaleClosed m -> tell(m, new CloseAfterSale(source(fact), m.afterOrderVersion()));
      case DisputeOpened m -> tell(m, new NoteCaseOpen(source(fact), m.disputeId().value()));
      case ReturnRequested m -> tell(m, new NoteCaseOpen(source(fact), m.returnId().value()));
      case DisputeResolved m when m.settledBy() == DisputeSettlement.AWARD ->
          tell(
              m,
              new CauseRefund(
                  source(fact),
                  new Cause(RefundCause.DISPUTE, m.disputeId().value()),
                  m.awardMinor()));
      case ReturnAccepted m when m.refundMinor() != 0 ->
          tell(
              m,
              new CauseRefund(
                  source(fact),
                  new Cause(RefundCause.RETURN, m.returnId().value()),
                  m.refundMinor()));
      case DisputeResolved m -> tell(m, new NoteCaseEnd(source(fact), m.disputeId().value()));
      case DisputeWithdrawn m -> tell(m, new NoteCaseEnd(source(fact), m.disputeId().value()));
      case ReturnAccepted m -> tell(m, new NoteCaseEnd(source(fact), m.returnId().value()));
      case ReturnRejected m -> tell(m, new NoteCaseEnd(source(fact), m.returnId().value()));
      case ReturnClosed m -> tell(m, new NoteCaseEnd(source(fact), m.returnId().value()));
      case RulingMade _,
          DisputeMessage.EvidenceAdded _,
          DisputeMessage.DisputeOfferMade _,
          DisputeMessage.DisputeOfferRejected _,
          DisputeMessage.DisputeEscalated _,
          DisputeMessage.DisputeRulingOverdue _,
          DisputeMessage.ReturnApproved _,
          DisputeMessage.ReturnShipped _,
          DisputeMessage.ReturnParcelDelivered _,
          DisputeMessage.ReturnContested _ ->
          Reaction.nothing();
    };
  }

  /// Of another stream than the order's, so it says nothing of how far that has been read.
  private static Source source(Fact<?> fact) {
    return new Source(fact.eventId(), fact.type(), null);
  }

  private static Response tell(DisputeMessage message, LedgerCommand command) {
    return Reaction.tell(streamOf(message.orderId()), command);
  }

  private static Response tell(OrderMessage message, LedgerCommand command) {
    return Reaction.tell(streamOf(message.orderId()), command);
  }

  private static Terms terms(OrderPlaced m, PolicySet policy) {
    return new Terms(
        m.orderId(),
        m.buyerId(),
        m.sellerId(),
        m.currency(),
        m.totalMinor(),
        m.paymentMethod(),
        policy.refundMaxAttempts(),
        policy.refundRetryEvery(),
        policy.refundSettlement(),
        policy.voucherValidFor());
  }
}
