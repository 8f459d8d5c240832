package marketplace.dispute.view;

import java.time.Instant;
import java.util.List;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.Return;
import marketplace.dispute.domain.Return.Accepted;
import marketplace.dispute.domain.Return.Approved;
import marketplace.dispute.domain.Return.AtSeller;
import marketplace.dispute.domain.Return.Closed;
import marketplace.dispute.domain.Return.Contested;
import marketplace.dispute.domain.Return.InTransit;
import marketplace.dispute.domain.Return.Rejected;
import marketplace.dispute.domain.Return.UnderReview;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeId;
import marketplace.kernel.LabelId;
import marketplace.kernel.OrderId;
import marketplace.kernel.ReturnApproval;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.ShippingPayer;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// A return as its parties and the platform see it.
///
/// @param turn who has to act; null where nobody has
/// @param disputeId null unless a dispute was resolved so
/// @param shipmentId null unless its delivery was refused
/// @param reviewBy null unless the platform has to look at it
/// @param approval null until it is approved
/// @param trackingNumber null until the units are on their way back
/// @param sellerConfirmBy null unless the seller has them back and has to say so
/// @param contested what the seller says against it, null for nothing
/// @param end null until it is over
public record ReturnView(
    ReturnId returnId,
    OrderId orderId,
    State state,
    @Nullable CaseParty turn,
    BuyerId buyerId,
    SellerId sellerId,
    @Nullable DisputeId disputeId,
    @Nullable ShipmentId shipmentId,
    Units units,
    ReturnReason reason,
    boolean free,
    long refundIfAcceptedMinor,
    String currency,
    String text,
    Instant requestedAt,
    @Nullable Instant reviewBy,
    @Nullable Approval approval,
    @Nullable String trackingNumber,
    @Nullable Instant sellerConfirmBy,
    @Nullable String contested,
    List<EvidenceView> evidence,
    @Nullable End end) {

  public enum State {
    UNDER_REVIEW,
    APPROVED,
    IN_TRANSIT,
    AT_SELLER,
    CONTESTED,
    ACCEPTED,
    REJECTED,
    CLOSED
  }

  /// @param labelId null where the buyer pays for the way back
  public record Approval(
      ReturnApproval how,
      ShippingPayer shippingPaidBy,
      @Nullable LabelId labelId,
      String instructions,
      Instant shipBackBy) {}

  /// @param how as in ReturnAccepted and ReturnClosed, or why it was rejected
  public record End(String how, long refundMinor, Instant at) {}

  public static ReturnView of(Opened o, Return one) {
    var requested = one.requested();
    return new ReturnView(
        one.id(),
        requested.orderId(),
        state(one),
        turn(one),
        o.sale().buyerId(),
        o.sale().sellerId(),
        requested.disputeId(),
        requested.shipmentId(),
        one.units(),
        requested.reason(),
        requested.free(),
        requested.refundIfAcceptedMinor(),
        o.sale().currency(),
        requested.text(),
        requested.requestedAt(),
        one.stage() instanceof UnderReview(var reviewBy) ? reviewBy : null,
        approval(one),
        one.trackingNumber(),
        one.stage() instanceof AtSeller(var confirmBy) ? confirmBy : null,
        one.stage() instanceof Contested(var why) ? why : null,
        EvidenceView.of(one.evidence()),
        end(one));
  }

  public static State state(Return one) {
    return switch (one.stage()) {
      case UnderReview _ -> State.UNDER_REVIEW;
      case Approved _ -> State.APPROVED;
      case InTransit _ -> State.IN_TRANSIT;
      case AtSeller _ -> State.AT_SELLER;
      case Contested _ -> State.CONTESTED;
      case Accepted _ -> State.ACCEPTED;
      case Rejected _ -> State.REJECTED;
      case Closed _ -> State.CLOSED;
    };
  }

  private static @Nullable CaseParty turn(Return one) {
    return switch (one.stage()) {
      case UnderReview _, Contested _ -> CaseParty.PLATFORM;
      case Approved _ -> CaseParty.BUYER;
      case AtSeller _ -> CaseParty.SELLER;
      case InTransit _, Accepted _, Rejected _, Closed _ -> null;
    };
  }

  /// The next instant at which something happens by itself, null where nothing will.
  static @Nullable Instant dueAt(Return one) {
    return switch (one.stage()) {
      case UnderReview(var reviewBy) -> reviewBy;
      case Approved(var shipBackBy) -> shipBackBy;
      case AtSeller(var confirmBy) -> confirmBy;
      case InTransit _, Contested _, Accepted _, Rejected _, Closed _ -> null;
    };
  }

  private static @Nullable Approval approval(Return one) {
    var approval = one.approval();
    if (approval == null) return null;
    return new Approval(
        approval.how(),
        approval.shippingPaidBy(),
        approval.labelId(),
        approval.instructions(),
        approval.shipBackBy());
  }

  private static @Nullable End end(Return one) {
    return switch (one.stage()) {
      case Accepted(var how, var refundMinor, var at, _) -> new End(how.name(), refundMinor, at);
      case Rejected(var why, var at) -> new End(why, 0, at);
      case Closed(var how, var at, _) -> new End(how.name(), 0, at);
      case UnderReview _, Approved _, InTransit _, AtSeller _, Contested _ -> null;
    };
  }
}
