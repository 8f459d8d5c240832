package marketplace.order.process;

import java.util.List;
import java.util.UUID;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.SellerMessage;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.ReturnApproval;
import marketplace.kernel.SilenceOutcome;
import marketplace.order.domain.BuyerTemplate;
import marketplace.order.domain.Notice;

/// Which of the other services' facts the buyer is told of (domain, section 12). Of a case he is
/// told when it is for him to act, and at its end; never of what he has done himself.
final class BuyerNotices {
  private static final NoticeDetails NONE = NoticeDetails.NONE;

  private BuyerNotices() {}

  static List<Notice> of(SellerMessage message) {
    return switch (message) {
      case SellerMessage.SellerDeclined m ->
          tell(
              BuyerTemplate.REQUEST_DECLINED,
              m.cancellationId().value(),
              NONE.because(m.why()).saying(m.comment()));
      case SellerMessage.SellerTimedOut m when m.outcome() == SilenceOutcome.DECLINE ->
          tell(
              BuyerTemplate.REQUEST_DECLINED,
              m.cancellationId().value(),
              NONE.because(m.outcome()));
      case SellerMessage.PartialRefundOffered m ->
          tell(
              BuyerTemplate.OFFER_RECEIVED,
              m.offerId().value(),
              NONE.amount(m.refundMinor()).until(m.answerBy()).saying(m.comment()));
      case SellerMessage.PartialRefundOfferLapsed m ->
          tell(BuyerTemplate.OFFER_LAPSED, m.offerId().value(), NONE);
      // One notification for each event: this one says that the parcel is on its way too.
      case SellerMessage.ShipmentDispatched m when m.closesCancellationId() != null ->
          tell(BuyerTemplate.REQUEST_ENDED_BY_SHIPMENT, m.shipmentId().value(), parcel(m));
      case SellerMessage.ShipmentDispatched m ->
          tell(BuyerTemplate.SHIPPED, m.shipmentId().value(), parcel(m));
      case SellerMessage.SellerTimedOut _,
          SellerMessage.FulfilmentOpened _,
          SellerMessage.ProcessingStarted _,
          SellerMessage.SellerApproved _,
          SellerMessage.PartialRefundOfferRejected _,
          SellerMessage.CancellationWithdrawn _,
          SellerMessage.SellerReminded _,
          SellerMessage.SellerCancelled _,
          SellerMessage.ShipDeadlineMissed _,
          SellerMessage.FulfilmentStopped _,
          SellerMessage.FulfilmentStopRefused _,
          SellerMessage.ParcelInTransit _,
          SellerMessage.ParcelDelivered _,
          SellerMessage.ReturnAgreed _,
          SellerMessage.DeliveryRefused _,
          SellerMessage.ParcelReturnedToSender _,
          SellerMessage.ParcelLost _,
          SellerMessage.MessageSent _,
          SellerMessage.SellerNotified _ ->
          List.of();
    };
  }

  static List<Notice> of(RefundMessage message) {
    return switch (message) {
      case RefundMessage.RefundIssued m ->
          tell(
              BuyerTemplate.REFUND_SENT,
              m.refundId().value(),
              NONE.amount(m.amountMinor()).by(m.channel()).until(m.expectedBy()));
      case RefundMessage.RefundSettled m ->
          tell(BuyerTemplate.REFUND_ARRIVED, m.refundId().value(), NONE.amount(m.amountMinor()));
      case RefundMessage.RefundRerouted m ->
          tell(BuyerTemplate.REFUND_REROUTED, m.refundId().value(), NONE.by(m.toChannel()));
      case RefundMessage.PaymentAuthorized _,
          RefundMessage.PaymentCaptured _,
          RefundMessage.PaymentFailed _,
          RefundMessage.PaymentVoided _,
          RefundMessage.RefundRequested _,
          RefundMessage.RefundAttemptFailed _,
          RefundMessage.RefundDenied _,
          RefundMessage.RefundInquiryOpened _,
          RefundMessage.RefundInquiryResolved _,
          RefundMessage.PayoutReleased _ ->
          List.of();
    };
  }

  static List<Notice> of(DisputeMessage message) {
    return switch (message) {
      case DisputeMessage.DisputeOfferMade m when m.by() == CaseParty.SELLER ->
          tell(
              BuyerTemplate.DISPUTE_OFFER_MADE,
              m.offerId().value(),
              NONE.amount(m.amountMinor()).because(m.remedy()).saying(m.comment()));
      // A claim has no id of its own, and may be rejected again when it is a new one.
      case DisputeMessage.DisputeOfferRejected m when m.by() == CaseParty.SELLER ->
          tell(
              BuyerTemplate.DISPUTE_OFFER_REJECTED,
              Ids.nameBased("rejection", m.disputeId() + "/" + m.at()),
              NONE.saying(m.comment()));
      case DisputeMessage.DisputeResolved m when m.settledBy() == DisputeSettlement.AWARD ->
          tell(
              BuyerTemplate.DISPUTE_RESOLVED,
              m.disputeId().value(),
              NONE.because(m.how()).amount(m.awardMinor()));
      case DisputeMessage.DisputeResolved m ->
          tell(BuyerTemplate.DISPUTE_RESOLVED, m.disputeId().value(), NONE.because(m.how()));
      case DisputeMessage.DisputeWithdrawn m ->
          tell(BuyerTemplate.DISPUTE_WITHDRAWN, m.disputeId().value(), NONE);
      // What was refused at the door is on its way back already.
      case DisputeMessage.ReturnApproved m when m.how() == ReturnApproval.DELIVERY_REFUSED ->
          List.of();
      case DisputeMessage.ReturnApproved m ->
          tell(
              BuyerTemplate.RETURN_APPROVED,
              m.returnId().value(),
              NONE.because(m.shippingPaidBy()).until(m.shipBackBy()).saying(m.instructions()));
      case DisputeMessage.ReturnRejected m ->
          tell(BuyerTemplate.RETURN_REJECTED, m.returnId().value(), NONE.saying(m.why()));
      case DisputeMessage.ReturnAccepted m ->
          tell(
              BuyerTemplate.RETURN_ACCEPTED,
              m.returnId().value(),
              NONE.because(m.how()).amount(m.refundMinor()));
      case DisputeMessage.ReturnClosed m ->
          tell(BuyerTemplate.RETURN_CLOSED, m.returnId().value(), NONE.because(m.how()));
      case DisputeMessage.DisputeOfferMade _,
          DisputeMessage.DisputeOfferRejected _,
          DisputeMessage.DisputeOpened _,
          DisputeMessage.EvidenceAdded _,
          DisputeMessage.DisputeEscalated _,
          DisputeMessage.DisputeRulingOverdue _,
          DisputeMessage.RulingMade _,
          DisputeMessage.ReturnRequested _,
          DisputeMessage.ReturnShipped _,
          DisputeMessage.ReturnParcelDelivered _,
          DisputeMessage.ReturnContested _,
          DisputeMessage.AfterSaleClosed _ ->
          List.of();
    };
  }

  private static NoticeDetails parcel(SellerMessage.ShipmentDispatched m) {
    return NONE.until(m.deliverBy()).saying(m.carrier() + " " + m.trackingNumber());
  }

  private static List<Notice> tell(BuyerTemplate template, UUID about, NoticeDetails details) {
    return List.of(new Notice(template, about, details));
  }
}
