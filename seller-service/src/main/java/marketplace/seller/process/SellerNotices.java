package marketplace.seller.process;

import java.util.List;
import java.util.UUID;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.NoticeDetails;
import marketplace.seller.domain.fulfilment.Notice;
import marketplace.seller.domain.fulfilment.SellerTemplate;

/// Which of the other services' facts the seller is told of (domain, section 12). Of a case he is
/// told when it is for him to act, and at its end; never of what he has done himself.
final class SellerNotices {
  private static final NoticeDetails NONE = NoticeDetails.NONE;

  private SellerNotices() {}

  /// OrderCancelled follows the last units in every case that concerns a seller, and only these
  /// name the amount.
  static List<Notice> of(OrderUnitsCancelled m) {
    var details = NONE.because(m.cause());
    return tell(
        m.wholeOrder() ? SellerTemplate.ORDER_CANCELLED : SellerTemplate.UNITS_CANCELLED,
        m.settlementId().value(),
        m.refundMinor() == 0 ? details : details.amount(m.refundMinor()));
  }

  static List<Notice> of(DisputeMessage message) {
    return switch (message) {
      case DisputeMessage.DisputeOpened m ->
          tell(
              SellerTemplate.DISPUTE_OPENED,
              m.disputeId().value(),
              NONE.because(m.reason()).amount(m.claimMinor()).until(m.sellerReplyBy()));
      case DisputeMessage.DisputeOfferMade m when m.by() == CaseParty.BUYER ->
          tell(
              SellerTemplate.DISPUTE_OFFER_MADE,
              m.offerId().value(),
              NONE.because(m.remedy()).amount(m.amountMinor()).until(m.sellerReplyBy()));
      case DisputeMessage.DisputeResolved m when m.settledBy() == DisputeSettlement.AWARD ->
          tell(
              SellerTemplate.DISPUTE_RESOLVED,
              m.disputeId().value(),
              NONE.because(m.how()).amount(m.awardMinor()));
      case DisputeMessage.DisputeResolved m ->
          tell(SellerTemplate.DISPUTE_RESOLVED, m.disputeId().value(), NONE.because(m.how()));
      case DisputeMessage.DisputeWithdrawn m ->
          tell(SellerTemplate.DISPUTE_WITHDRAWN, m.disputeId().value(), NONE);
      case DisputeMessage.ReturnParcelDelivered m ->
          tell(
              SellerTemplate.RETURN_ARRIVED, m.returnId().value(), NONE.until(m.sellerConfirmBy()));
      case DisputeMessage.ReturnRejected m ->
          tell(SellerTemplate.RETURN_REJECTED, m.returnId().value(), NONE.saying(m.why()));
      case DisputeMessage.ReturnAccepted m ->
          tell(
              SellerTemplate.RETURN_ACCEPTED,
              m.returnId().value(),
              NONE.because(m.how()).amount(m.refundMinor()));
      case DisputeMessage.ReturnClosed m ->
          tell(SellerTemplate.RETURN_CLOSED, m.returnId().value(), NONE.because(m.how()));
      case DisputeMessage.DisputeOfferMade _,
          DisputeMessage.DisputeOfferRejected _,
          DisputeMessage.EvidenceAdded _,
          DisputeMessage.DisputeEscalated _,
          DisputeMessage.DisputeRulingOverdue _,
          DisputeMessage.RulingMade _,
          DisputeMessage.ReturnRequested _,
          DisputeMessage.ReturnApproved _,
          DisputeMessage.ReturnShipped _,
          DisputeMessage.ReturnContested _,
          DisputeMessage.AfterSaleClosed _ ->
          List.of();
    };
  }

  private static List<Notice> tell(SellerTemplate template, UUID about, NoticeDetails details) {
    return List.of(new Notice(template, about, details));
  }
}
