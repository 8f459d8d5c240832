package marketplace.dispute.domain;

import java.time.Instant;
import marketplace.dispute.domain.AfterSale.Closed;
import marketplace.dispute.domain.AfterSale.NoSale;
import marketplace.dispute.domain.AfterSale.Open;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSale.Overdue;
import marketplace.dispute.domain.AfterSale.Window;
import marketplace.dispute.domain.AfterSaleEvent.AfterSaleClosed;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEscalated;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEvidenceAdded;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferMade;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferRejected;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOpened;
import marketplace.dispute.domain.AfterSaleEvent.DisputeResolved;
import marketplace.dispute.domain.AfterSaleEvent.DisputeRulingOverdue;
import marketplace.dispute.domain.AfterSaleEvent.DisputeWithdrawn;
import marketplace.dispute.domain.AfterSaleEvent.Noted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAccepted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnApproved;
import marketplace.dispute.domain.AfterSaleEvent.ReturnClosed;
import marketplace.dispute.domain.AfterSaleEvent.ReturnContested;
import marketplace.dispute.domain.AfterSaleEvent.ReturnEvidenceAdded;
import marketplace.dispute.domain.AfterSaleEvent.ReturnParcelDelivered;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRejected;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRequested;
import marketplace.dispute.domain.AfterSaleEvent.ReturnShipped;
import marketplace.dispute.domain.AfterSaleEvent.ReviewResumed;
import marketplace.dispute.domain.AfterSaleEvent.RulingMade;
import marketplace.dispute.domain.AfterSaleEvent.WindowOverran;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.DisputeSettlement;
import org.jspecify.annotations.Nullable;

/// Where each event leaves an order. It judges nothing: what was stored has happened.
final class AfterSaleFold {
  private AfterSaleFold() {}

  static Opened next(Opened o, AfterSaleEvent event) {
    return switch (event) {
      case Noted fact -> o.with(o.file().with(fact)).in(windowAfter(o.window(), fact));
      case WindowOverran e -> o.window() instanceof Open ? o.in(new Overdue(e.until())) : o;
      case AfterSaleClosed e -> o.in(closed(o.window(), e));
      case DisputeOpened e -> o.with(Dispute.of(e, o.goods().cancelled()));
      case DisputeEvidenceAdded e ->
          o.change(
              e.disputeId(), dispute -> dispute.with(new Evidence(e.piece(), e.by(), e.addedAt())));
      case DisputeOfferMade e -> o.change(e.disputeId(), dispute -> offered(dispute, e));
      case DisputeOfferRejected e -> o.change(e.disputeId(), dispute -> dispute.rejected(e.by()));
      case DisputeEscalated e -> o.change(e.disputeId(), dispute -> dispute.escalated(e.ruleBy()));
      case DisputeRulingOverdue e ->
          o.change(e.disputeId(), dispute -> dispute.in(new Dispute.PlatformReview(true)));
      case RulingMade e when e.stopFulfilment() ->
          o.change(e.disputeId(), dispute -> dispute.in(new Dispute.AwaitingStop(e)));
      case RulingMade _ -> o;
      case ReviewResumed e -> o.change(e.disputeId(), dispute -> dispute.escalated(e.ruleBy()));
      case DisputeResolved e ->
          paidBack(o, e).change(e.disputeId(), dispute -> dispute.in(new Dispute.Resolved(e)));
      case DisputeWithdrawn e ->
          o.change(e.disputeId(), dispute -> dispute.in(new Dispute.Withdrawn(e.withdrawnAt())));
      case ReturnRequested e -> o.with(Return.of(e));
      case ReturnEvidenceAdded e ->
          o.change(e.returnId(), one -> one.with(new Evidence(e.piece(), e.by(), e.addedAt())));
      case ReturnApproved e -> o.change(e.returnId(), one -> one.approved(e));
      case ReturnRejected e ->
          o.change(e.returnId(), one -> one.in(new Return.Rejected(e.why(), e.rejectedAt())));
      case ReturnShipped e ->
          o.change(e.returnId(), one -> one.shipped(e.trackingNumber(), e.shippedAt()));
      case ReturnParcelDelivered e ->
          o.change(e.returnId(), one -> one.in(new Return.AtSeller(e.sellerConfirmBy())));
      case ReturnContested e ->
          o.change(e.returnId(), one -> one.in(new Return.Contested(e.why())));
      case ReturnAccepted e -> accepted(o, e);
      case ReturnClosed e ->
          o.change(
              e.returnId(),
              one -> one.in(new Return.Closed(e.how(), e.closedAt(), deadlineOf(one.stage()))));
    };
  }

  private static Window windowAfter(Window window, Noted fact) {
    return switch (window) {
      case Open _, Overdue _ when fact instanceof CancellationNoted -> new NoSale();
      case Open _ when fact instanceof DeliveryNoted delivered -> new Open(delivered.until());
      case Open _, Overdue _, Closed _, NoSale _ -> window;
    };
  }

  private static Window closed(Window window, AfterSaleClosed event) {
    return switch (window) {
      case Open(var until) -> new Closed(until, event.why(), event.closedAt());
      case Overdue(var until) -> new Closed(until, event.why(), event.closedAt());
      case Closed _, NoSale _ -> window;
    };
  }

  private static Dispute offered(Dispute dispute, DisputeOfferMade e) {
    var offer =
        new Dispute.Offer(
            e.offerId(), e.by(), e.remedy(), e.amountMinor(), e.comment(), e.madeAt());
    var replyBy = e.sellerReplyBy();
    return replyBy == null ? dispute.offered(offer) : dispute.claimed(offer, replyBy);
  }

  /// An award for units that can still be shipped is a price, not a return of their value.
  private static Opened paidBack(Opened o, DisputeResolved e) {
    var dispute = o.dispute(e.disputeId());
    if (dispute.isEmpty()
        || e.settledBy() != DisputeSettlement.AWARD
        || dispute.get().stoppable(o.goods())) {
      return o;
    }
    var neverReached = dispute.get().reason() == DisputeReason.NOT_RECEIVED;
    return o.with(o.goods().award(e.units(), neverReached));
  }

  private static Opened accepted(Opened o, ReturnAccepted e) {
    var neverReached = o.returned(e.returnId()).filter(Return::neverReached).isPresent();
    return o.with(o.goods().takeBack(e.units(), neverReached))
        .change(
            e.returnId(),
            one ->
                one.in(
                    new Return.Accepted(
                        e.how(), e.refundMinor(), e.acceptedAt(), deadlineOf(one.stage()))));
  }

  /// The deadline that somebody may have missed when this stage was left.
  private static @Nullable Instant deadlineOf(Return.Stage stage) {
    return switch (stage) {
      case Return.Approved(var shipBackBy) -> shipBackBy;
      case Return.AtSeller(var confirmBy) -> confirmBy;
      case Return.UnderReview _,
          Return.InTransit _,
          Return.Contested _,
          Return.Accepted _,
          Return.Rejected _,
          Return.Closed _ ->
          null;
    };
  }
}
