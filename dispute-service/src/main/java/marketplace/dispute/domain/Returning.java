package marketplace.dispute.domain;

import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;

import marketplace.dispute.domain.AfterSaleCommand.AddReturnEvidence;
import marketplace.dispute.domain.AfterSaleCommand.ApproveReturn;
import marketplace.dispute.domain.AfterSaleCommand.ConfirmReturn;
import marketplace.dispute.domain.AfterSaleCommand.ContestReturn;
import marketplace.dispute.domain.AfterSaleCommand.DeliverReturn;
import marketplace.dispute.domain.AfterSaleCommand.LetConfirmationPass;
import marketplace.dispute.domain.AfterSaleCommand.LetReturnExpire;
import marketplace.dispute.domain.AfterSaleCommand.LetReviewPass;
import marketplace.dispute.domain.AfterSaleCommand.OnReturn;
import marketplace.dispute.domain.AfterSaleCommand.RejectReturn;
import marketplace.dispute.domain.AfterSaleCommand.RequestReturn;
import marketplace.dispute.domain.AfterSaleCommand.RuleReturn;
import marketplace.dispute.domain.AfterSaleCommand.ShipBack;
import marketplace.dispute.domain.AfterSaleCommand.WithdrawReturn;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAccepted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnApproved;
import marketplace.dispute.domain.AfterSaleEvent.ReturnClosed;
import marketplace.dispute.domain.AfterSaleEvent.ReturnContested;
import marketplace.dispute.domain.AfterSaleEvent.ReturnEvidenceAdded;
import marketplace.dispute.domain.AfterSaleEvent.ReturnParcelDelivered;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRejected;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRequested;
import marketplace.dispute.domain.AfterSaleEvent.ReturnShipped;
import marketplace.dispute.domain.AfterSaleRejection.AwardOutOfRange;
import marketplace.dispute.domain.AfterSaleRejection.CaseClosed;
import marketplace.dispute.domain.AfterSaleRejection.DeadlinePassed;
import marketplace.dispute.domain.AfterSaleRejection.EvidenceLimit;
import marketplace.dispute.domain.AfterSaleRejection.EvidenceRequired;
import marketplace.dispute.domain.AfterSaleRejection.Invalid;
import marketplace.dispute.domain.AfterSaleRejection.NotUnderReview;
import marketplace.dispute.domain.AfterSaleRejection.NotYourTurn;
import marketplace.dispute.domain.AfterSaleRejection.TrackingOrder;
import marketplace.dispute.domain.Return.Accepted;
import marketplace.dispute.domain.Return.Approved;
import marketplace.dispute.domain.Return.AtSeller;
import marketplace.dispute.domain.Return.Closed;
import marketplace.dispute.domain.Return.Contested;
import marketplace.dispute.domain.Return.InTransit;
import marketplace.dispute.domain.Return.Rejected;
import marketplace.dispute.domain.Return.UnderReview;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.Fault;
import marketplace.kernel.LabelId;
import marketplace.kernel.ReturnAcceptance;
import marketplace.kernel.ReturnApproval;
import marketplace.kernel.ReturnEnd;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.ShippingPayer;
import org.jspecify.annotations.Nullable;

/// Rows B1 to B14 (domain, section 8.5).
final class Returning {
  private Returning() {}

  /// B1.
  static Decision<AfterSaleEvent, AfterSaleRejection> request(
      RequestReturn c, AfterSaleDraft draft) {
    var o = draft.state();
    if (o.returned(c.returnId()).isPresent()) return alreadySo();
    var refusal = Rights.whyNoReturn(o, c.reason(), c.units());
    if (refusal.isPresent()) return reject(refusal.get());
    if (c.reason().sellersFault() && c.evidence().isEmpty()) return reject(new EvidenceRequired());
    if (c.evidence().size() > Evidence.PIECES_MAX) return reject(new EvidenceLimit());
    if (o.holdsAnyOf(c.evidence())) return reject(Invalid.EVIDENCE_USED);
    var units = o.sale().inLineOrder(c.units());
    var free = Rights.isFree(o, units);
    draft.and(
        new ReturnRequested(
            draft.orderId(),
            c.returnId(),
            null,
            null,
            units,
            c.reason(),
            free,
            Rights.refundIfAcceptedMinor(o, c.reason(), units),
            c.text(),
            draft.at(),
            draft.at().plus(o.sale().terms().returnReviewWithin())));
    for (var piece : c.evidence()) {
      draft.and(
          new ReturnEvidenceAdded(
              draft.orderId(), c.returnId(), CaseParty.BUYER, piece, draft.at()));
    }
    if (free && o.sale().terms().autoApproveFreeReturns()) {
      draft.and(
          approved(c.returnId(), ReturnApproval.AUTO_FREE, payer(free, c.reason()), null, draft));
    }
    return draft.accepted();
  }

  private static ShippingPayer payer(boolean free, ReturnReason reason) {
    return free || reason.sellersFault() || reason == ReturnReason.DELIVERY_REFUSED
        ? ShippingPayer.SELLER
        : ShippingPayer.BUYER;
  }

  static Decision<AfterSaleEvent, AfterSaleRejection> decide(
      OnReturn command, Return one, AfterSaleDraft draft) {
    return switch (command) {
      case ApproveReturn c ->
          reviewed(one, approve(one, ReturnApproval.PLATFORM, c.instructions(), draft), draft);
      case RejectReturn c ->
          reviewed(one, new ReturnRejected(draft.orderId(), one.id(), c.why(), draft.at()), draft);
      case ShipBack c -> shipBack(c, one, draft);
      case DeliverReturn c -> deliver(c, one, draft);
      case ConfirmReturn _ ->
          atSeller(
              one,
              accepted(one, ReturnAcceptance.SELLER_CONFIRMED, refundMinor(one), draft),
              draft);
      case ContestReturn c ->
          atSeller(one, new ReturnContested(draft.orderId(), one.id(), c.why(), draft.at()), draft);
      case RuleReturn c -> rule(c, one, draft);
      case WithdrawReturn _ -> withdraw(one, draft);
      case AddReturnEvidence c -> addEvidence(c, one, draft);
      case LetReviewPass _ ->
          one.stage() instanceof UnderReview
              ? draft.and(approve(one, ReturnApproval.AUTO_REVIEW_TIME, null, draft)).accepted()
              : alreadySo();
      case LetReturnExpire _ ->
          one.stage() instanceof Approved
              ? draft.and(closed(one, ReturnEnd.EXPIRED, draft)).accepted()
              : alreadySo();
      case LetConfirmationPass _ ->
          one.stage() instanceof AtSeller
              ? draft
                  .and(accepted(one, ReturnAcceptance.SELLER_SILENT, refundMinor(one), draft))
                  .accepted()
              : alreadySo();
    };
  }

  /// B2.
  private static Decision<AfterSaleEvent, AfterSaleRejection> reviewed(
      Return one, AfterSaleEvent verdict, AfterSaleDraft draft) {
    return switch (one.stage()) {
      case UnderReview _ -> draft.and(verdict).accepted();
      case Approved _, InTransit _, AtSeller _, Contested _ -> reject(new NotUnderReview());
      case Accepted _, Rejected _, Closed _ -> reject(new CaseClosed());
    };
  }

  /// B4. Past the last day the return has expired, which is why the time is not asked here.
  private static Decision<AfterSaleEvent, AfterSaleRejection> shipBack(
      ShipBack c, Return one, AfterSaleDraft draft) {
    return switch (one.stage()) {
      case Approved _ ->
          draft
              .and(new ReturnShipped(draft.orderId(), one.id(), c.trackingNumber(), draft.at()))
              .accepted();
      case UnderReview _, InTransit _, AtSeller _, Contested _ -> reject(new NotYourTurn());
      case Accepted _, Rejected _, Closed _ -> reject(whyOver(one));
    };
  }

  /// Where a deadline has ended what the caller could have done, he is told so.
  private static AfterSaleRejection whyOver(Return one) {
    return switch (one.stage()) {
      case Accepted(_, _, _, var deadline) when deadline != null && silent(one) ->
          new DeadlinePassed(deadline);
      case Closed(var how, _, var deadline) when how == ReturnEnd.EXPIRED && deadline != null ->
          new DeadlinePassed(deadline);
      case UnderReview _,
          Approved _,
          InTransit _,
          AtSeller _,
          Contested _,
          Accepted _,
          Rejected _,
          Closed _ ->
          new CaseClosed();
    };
  }

  private static boolean silent(Return one) {
    return one.stage() instanceof Accepted accepted
        && accepted.how() == ReturnAcceptance.SELLER_SILENT;
  }

  /// B6.
  private static Decision<AfterSaleEvent, AfterSaleRejection> deliver(
      DeliverReturn c, Return one, AfterSaleDraft draft) {
    var seenAt = c.seenAt() == null ? draft.at() : c.seenAt();
    return switch (one.stage()) {
      case InTransit(var shippedAt)
          when !seenAt.isAfter(draft.at()) && !seenAt.isBefore(shippedAt) ->
          draft
              .and(
                  new ReturnParcelDelivered(
                      draft.orderId(),
                      one.id(),
                      seenAt,
                      seenAt.plus(draft.state().sale().terms().returnConfirmWithin())))
              .accepted();
      case UnderReview _, Approved _, InTransit _, AtSeller _, Contested _ ->
          reject(new TrackingOrder());
      case Accepted _, Rejected _, Closed _ -> reject(new CaseClosed());
    };
  }

  /// B7 and B9.
  private static Decision<AfterSaleEvent, AfterSaleRejection> atSeller(
      Return one, AfterSaleEvent answer, AfterSaleDraft draft) {
    return switch (one.stage()) {
      case AtSeller _ -> draft.and(answer).accepted();
      case UnderReview _, Approved _, InTransit _, Contested _ -> reject(new NotYourTurn());
      case Accepted _, Rejected _, Closed _ -> reject(whyOver(one));
    };
  }

  /// B10. What has not come back after so long is the platform's to judge too.
  private static Decision<AfterSaleEvent, AfterSaleRejection> rule(
      RuleReturn c, Return one, AfterSaleDraft draft) {
    var deliverWithin = draft.state().sale().terms().deliverWithin();
    var ruled =
        switch (one.stage()) {
          case Contested _ -> true;
          case InTransit(var shippedAt) -> !draft.at().isBefore(shippedAt.plus(deliverWithin));
          case UnderReview _, Approved _, AtSeller _, Accepted _, Rejected _, Closed _ -> false;
        };
    if (!ruled) return reject(new NotUnderReview());
    if (c.refundMinor() < 0 || c.refundMinor() > refundMinor(one)) {
      return reject(new AwardOutOfRange(0, refundMinor(one)));
    }
    return draft
        .and(
            c.refundMinor() > 0
                ? accepted(one, ReturnAcceptance.RULING, c.refundMinor(), draft)
                : closed(one, ReturnEnd.REFUSED_BY_RULING, draft))
        .accepted();
  }

  /// B11.
  private static Decision<AfterSaleEvent, AfterSaleRejection> withdraw(
      Return one, AfterSaleDraft draft) {
    return switch (one.stage()) {
      case UnderReview _, Approved _ ->
          draft.and(closed(one, ReturnEnd.WITHDRAWN, draft)).accepted();
      case InTransit _, AtSeller _, Contested _ -> reject(new NotYourTurn());
      case Accepted _, Rejected _, Closed _ -> reject(new CaseClosed());
    };
  }

  /// B14.
  private static Decision<AfterSaleEvent, AfterSaleRejection> addEvidence(
      AddReturnEvidence c, Return one, AfterSaleDraft draft) {
    if (!one.isOpen()) return reject(new CaseClosed());
    if (one.evidence().size() >= Evidence.PIECES_MAX) return reject(new EvidenceLimit());
    return draft
        .and(
            new ReturnEvidenceAdded(
                draft.orderId(), one.id(), c.actor().party(), c.piece(), draft.at()))
        .accepted();
  }

  /// A dispute was resolved by giving the units back: nobody reviews that again.
  static AfterSaleDraft afterDispute(
      Dispute dispute, long awardMinor, Fault fault, AfterSaleDraft draft) {
    var id = new ReturnId(Ids.nameBased("return", "dispute/" + dispute.id()));
    var payer =
        fault == Fault.SELLER || fault == Fault.CARRIER
            ? ShippingPayer.SELLER
            : ShippingPayer.BUYER;
    return draft
        .and(
            new ReturnRequested(
                draft.orderId(),
                id,
                dispute.id(),
                null,
                dispute.units(),
                reasonOf(dispute.reason()),
                false,
                awardMinor,
                "",
                draft.at(),
                draft.at().plus(draft.state().sale().terms().returnReviewWithin())))
        .and(approved(id, ReturnApproval.DISPUTE, payer, null, draft));
  }

  private static ReturnReason reasonOf(DisputeReason reason) {
    return switch (reason) {
      case DAMAGED -> ReturnReason.DAMAGED;
      case WRONG_ITEM -> ReturnReason.WRONG_ITEM;
      case NOT_AS_DESCRIBED, INCOMPLETE, NOT_RECEIVED, CANCELLATION_REFUSED ->
          ReturnReason.NOT_AS_DESCRIBED;
    };
  }

  /// B12 and B13: a parcel that the buyer did not take is on its way back already, and perhaps
  /// there. It waits while another case is open, and is no return where that case has paid for it.
  static void takeBackRefusedParcel(AfterSaleDraft draft) {
    var o = draft.state();
    if (!o.going() || o.caseOpen()) return;
    var unpaid = o.goods().shipped().minus(o.goods().givenBack());
    o.goods().parcels().stream()
        .filter(parcel -> parcel.refused() && o.returnOf(parcel.shipmentId()).isEmpty())
        .filter(parcel -> unpaid.covers(parcel.units()))
        .findFirst()
        .ifPresent(parcel -> takeBack(parcel, draft));
  }

  private static void takeBack(Parcel parcel, AfterSaleDraft draft) {
    var o = draft.state();
    var id = new ReturnId(Ids.nameBased("return", "shipment/" + parcel.shipmentId()));
    var reason = ReturnReason.DELIVERY_REFUSED;
    draft
        .and(
            new ReturnRequested(
                draft.orderId(),
                id,
                null,
                parcel.shipmentId(),
                parcel.units(),
                reason,
                false,
                Rights.refundIfAcceptedMinor(o, reason, parcel.units()),
                "",
                draft.at(),
                draft.at().plus(o.sale().terms().returnReviewWithin())))
        .and(approved(id, ReturnApproval.DELIVERY_REFUSED, ShippingPayer.SELLER, null, draft))
        .and(new ReturnShipped(draft.orderId(), id, parcel.trackingNumber(), draft.at()));
    if (parcel.state() == Parcel.State.RETURNED) arrived(id, draft);
  }

  static AfterSaleDraft arrived(ReturnId id, AfterSaleDraft draft) {
    var confirmWithin = draft.state().sale().terms().returnConfirmWithin();
    return draft.and(
        new ReturnParcelDelivered(draft.orderId(), id, draft.at(), draft.at().plus(confirmWithin)));
  }

  private static ReturnApproved approve(
      Return one, ReturnApproval how, @Nullable String instructions, AfterSaleDraft draft) {
    var payer = payer(one.requested().free(), one.requested().reason());
    return approved(one.id(), how, payer, instructions, draft);
  }

  private static ReturnApproved approved(
      ReturnId id,
      ReturnApproval how,
      ShippingPayer payer,
      @Nullable String instructions,
      AfterSaleDraft draft) {
    var shipBackBy = draft.at().plus(draft.state().sale().terms().returnShipWithin());
    var labelId =
        payer == ShippingPayer.SELLER && how != ReturnApproval.DELIVERY_REFUSED
            ? new LabelId(Ids.nameBased("label", id.toString()))
            : null;
    return new ReturnApproved(
        draft.orderId(),
        id,
        how,
        payer,
        labelId,
        Instructions.text(how, labelId, instructions, shipBackBy),
        draft.at(),
        shipBackBy);
  }

  private static ReturnAccepted accepted(
      Return one, ReturnAcceptance how, long refundMinor, AfterSaleDraft draft) {
    return new ReturnAccepted(draft.orderId(), one.id(), how, one.units(), refundMinor, draft.at());
  }

  private static ReturnClosed closed(Return one, ReturnEnd how, AfterSaleDraft draft) {
    return new ReturnClosed(draft.orderId(), one.id(), how, draft.at());
  }

  private static long refundMinor(Return one) {
    return one.requested().refundIfAcceptedMinor();
  }
}
