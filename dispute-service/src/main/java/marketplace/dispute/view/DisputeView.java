package marketplace.dispute.view;

import java.time.Instant;
import java.util.List;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.Dispute;
import marketplace.dispute.domain.Dispute.AwaitingBuyer;
import marketplace.dispute.domain.Dispute.AwaitingSeller;
import marketplace.dispute.domain.Dispute.AwaitingStop;
import marketplace.dispute.domain.Dispute.Offer;
import marketplace.dispute.domain.Dispute.PlatformReview;
import marketplace.dispute.domain.Dispute.Resolved;
import marketplace.dispute.domain.Dispute.Withdrawn;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.Fault;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.Remedy;
import marketplace.kernel.SellerId;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// A dispute as its parties and the platform see it.
///
/// @param turn who has to act; null where nobody has
/// @param remedy of the claim as it stands
/// @param claimMinor as it stands
/// @param sellerReplyBy null unless the seller has to answer
/// @param escalateFrom when the buyer may ask the platform
/// @param ruleBy null before the platform was asked
/// @param standingOffer the seller's, null for none
/// @param resolution null until it is resolved
public record DisputeView(
    DisputeId disputeId,
    OrderId orderId,
    State state,
    @Nullable CaseParty turn,
    BuyerId buyerId,
    SellerId sellerId,
    Units units,
    DisputeReason reason,
    Remedy remedy,
    long claimMinor,
    long maxClaimMinor,
    String currency,
    String text,
    Instant openedAt,
    @Nullable Instant sellerReplyBy,
    Instant negotiateUntil,
    Instant escalateFrom,
    @Nullable Instant ruleBy,
    @Nullable OfferView standingOffer,
    List<OfferView> offers,
    List<EvidenceView> evidence,
    @Nullable Resolution resolution) {

  public enum State {
    AWAITING_SELLER,
    AWAITING_BUYER,
    PLATFORM_REVIEW,
    AWAITING_STOP,
    RESOLVED,
    WITHDRAWN
  }

  public record OfferView(
      OfferId offerId,
      CaseParty by,
      Remedy remedy,
      long amountMinor,
      String comment,
      Instant madeAt) {
    static OfferView of(Offer offer) {
      return new OfferView(
          offer.offerId(),
          offer.by(),
          offer.remedy(),
          offer.amountMinor(),
          offer.comment(),
          offer.madeAt());
    }
  }

  public record Resolution(
      DisputeEnd how,
      Remedy remedy,
      long awardMinor,
      Fault fault,
      boolean returnRequired,
      DisputeSettlement settledBy,
      Instant resolvedAt) {}

  public static DisputeView of(Opened o, Dispute dispute) {
    var opened = dispute.opened();
    var standing = dispute.standing();
    return new DisputeView(
        dispute.id(),
        opened.orderId(),
        state(dispute),
        turn(dispute),
        opened.buyerId(),
        opened.sellerId(),
        dispute.units(),
        dispute.reason(),
        dispute.claim().remedy(),
        dispute.claim().amountMinor(),
        opened.maxClaimMinor(),
        opened.currency(),
        opened.text(),
        opened.openedAt(),
        dispute.stage() instanceof AwaitingSeller(var replyBy) ? replyBy : null,
        opened.negotiateUntil(),
        opened.openedAt().plus(o.sale().terms().disputeEscalateFrom()),
        dispute.ruleBy(),
        standing == null || !dispute.isOpen() ? null : OfferView.of(standing),
        dispute.offers().stream().map(OfferView::of).toList(),
        EvidenceView.of(dispute.evidence()),
        dispute.stage() instanceof Resolved(var end)
            ? new Resolution(
                end.how(),
                end.remedy(),
                end.awardMinor(),
                end.fault(),
                end.returnRequired(),
                end.settledBy(),
                end.resolvedAt())
            : null);
  }

  public static State state(Dispute dispute) {
    return switch (dispute.stage()) {
      case AwaitingSeller _ -> State.AWAITING_SELLER;
      case AwaitingBuyer _ -> State.AWAITING_BUYER;
      case PlatformReview _ -> State.PLATFORM_REVIEW;
      case AwaitingStop _ -> State.AWAITING_STOP;
      case Resolved _ -> State.RESOLVED;
      case Withdrawn _ -> State.WITHDRAWN;
    };
  }

  private static @Nullable CaseParty turn(Dispute dispute) {
    return switch (dispute.stage()) {
      case AwaitingSeller _ -> CaseParty.SELLER;
      case AwaitingBuyer _ -> CaseParty.BUYER;
      case PlatformReview _ -> CaseParty.PLATFORM;
      case AwaitingStop _, Resolved _, Withdrawn _ -> null;
    };
  }

  /// The next instant at which something happens by itself, null where nothing will.
  static @Nullable Instant dueAt(Dispute dispute) {
    return switch (dispute.stage()) {
      case AwaitingSeller(var replyBy) ->
          replyBy.isBefore(dispute.opened().negotiateUntil())
              ? replyBy
              : dispute.opened().negotiateUntil();
      case AwaitingBuyer _ -> dispute.opened().negotiateUntil();
      case PlatformReview _ -> dispute.ruleBy();
      case AwaitingStop _, Resolved _, Withdrawn _ -> null;
    };
  }
}
