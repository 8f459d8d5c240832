package marketplace.dispute.domain;

import java.time.Instant;
import java.util.List;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.Fault;
import marketplace.kernel.OfferId;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.Units;
import marketplace.kernel.Uphold;
import org.jspecify.annotations.Nullable;

/// All that can be asked after a sale.
public sealed interface AfterSaleCommand {

  /// Take in what another service has told.
  record TakeNote(AfterSaleEvent.Noted fact) implements AfterSaleCommand {}

  /// What a person asks.
  sealed interface ByPerson extends AfterSaleCommand {
    Actor actor();
  }

  /// About a dispute that is there already.
  sealed interface OnDispute extends AfterSaleCommand {
    DisputeId disputeId();
  }

  /// About a return that is there already.
  sealed interface OnReturn extends AfterSaleCommand {
    ReturnId returnId();
  }

  /// May this person keep a piece of evidence here until a case is opened with it?
  record DraftEvidence(Actor actor) implements ByPerson {}

  /// @param claimMinor null for as much as there is
  record OpenDispute(
      Actor actor,
      DisputeId disputeId,
      Units units,
      DisputeReason reason,
      Remedy remedy,
      @Nullable Long claimMinor,
      String text,
      List<Evidence.Piece> evidence)
      implements ByPerson {}

  record AcceptClaim(Actor actor, DisputeId disputeId) implements ByPerson, OnDispute {}

  record RejectClaim(Actor actor, DisputeId disputeId, String comment)
      implements ByPerson, OnDispute {}

  record MakeOffer(
      Actor actor,
      DisputeId disputeId,
      OfferId offerId,
      Remedy remedy,
      long amountMinor,
      String comment)
      implements ByPerson, OnDispute {}

  record AcceptOffer(Actor actor, DisputeId disputeId, OfferId offerId)
      implements ByPerson, OnDispute {}

  record RejectOffer(Actor actor, DisputeId disputeId, OfferId offerId)
      implements ByPerson, OnDispute {}

  record Escalate(Actor actor, DisputeId disputeId) implements ByPerson, OnDispute {}

  record WithdrawDispute(Actor actor, DisputeId disputeId) implements ByPerson, OnDispute {}

  record RuleDispute(
      Actor actor,
      DisputeId disputeId,
      Uphold uphold,
      long awardMinor,
      Fault fault,
      boolean returnRequired,
      String text)
      implements ByPerson, OnDispute {}

  record AddDisputeEvidence(Actor actor, DisputeId disputeId, Evidence.Piece piece)
      implements ByPerson, OnDispute {}

  record RequestReturn(
      Actor actor,
      ReturnId returnId,
      Units units,
      ReturnReason reason,
      String text,
      List<Evidence.Piece> evidence)
      implements ByPerson {}

  /// @param instructions what the buyer is told beside label and last day; null for nothing
  record ApproveReturn(Actor actor, ReturnId returnId, @Nullable String instructions)
      implements ByPerson, OnReturn {}

  record RejectReturn(Actor actor, ReturnId returnId, String why) implements ByPerson, OnReturn {}

  record ShipBack(Actor actor, ReturnId returnId, String trackingNumber)
      implements ByPerson, OnReturn {}

  /// The carrier has brought the parcel back.
  ///
  /// @param seenAt null for now
  record DeliverReturn(ReturnId returnId, @Nullable Instant seenAt) implements OnReturn {}

  record ConfirmReturn(Actor actor, ReturnId returnId) implements ByPerson, OnReturn {}

  record ContestReturn(Actor actor, ReturnId returnId, String why) implements ByPerson, OnReturn {}

  record RuleReturn(Actor actor, ReturnId returnId, long refundMinor, String text)
      implements ByPerson, OnReturn {}

  record WithdrawReturn(Actor actor, ReturnId returnId) implements ByPerson, OnReturn {}

  record AddReturnEvidence(Actor actor, ReturnId returnId, Evidence.Piece piece)
      implements ByPerson, OnReturn {}

  /// D7: the window's end has come.
  record EndWindow() implements AfterSaleCommand {}

  /// D8.
  record LetSellerReplyPass(DisputeId disputeId) implements OnDispute {}

  /// D9.
  record LetNegotiationPass(DisputeId disputeId) implements OnDispute {}

  /// D10.
  record LetRulingPass(DisputeId disputeId) implements OnDispute {}

  /// D11.
  record LetReviewPass(ReturnId returnId) implements OnReturn {}

  /// D12.
  record LetReturnExpire(ReturnId returnId) implements OnReturn {}

  /// D13.
  record LetConfirmationPass(ReturnId returnId) implements OnReturn {}
}
