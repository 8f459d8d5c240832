package marketplace.seller.domain.fulfilment;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.CancellationId;
import marketplace.kernel.DisputeId;
import marketplace.kernel.Fault;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.OfferId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerCancellationReason;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// All that can be asked of a fulfilment, by its seller, by other services' facts, by the carrier
/// and by time.
public sealed interface FulfilmentCommand {

  /// What the seller is told, if this is accepted, beside what its events tell him.
  default List<Notice> notices() {
    return List.of();
  }

  /// OrderPlaced: know the parties and the policy before anything is to be shipped.
  record RememberOrder(NotedFact fact, Terms terms) implements FulfilmentCommand {}

  /// OrderReadyToShip.
  record OpenFulfilment(
      NotedFact fact,
      SellerId seller,
      Instant shipBy,
      Instant autoApproveUntil,
      boolean moneyCaptured,
      Units units)
      implements FulfilmentCommand {}

  /// All that needs something to ship.
  sealed interface OfOpened extends FulfilmentCommand {}

  /// What only the seller of the order may do.
  sealed interface BySeller extends OfOpened {
    SellerId seller();
  }

  record ReceiveRequest(NotedFact fact, CancellationId cancellationId, Request.Asked asked)
      implements OfOpened {}

  record Withdraw(NotedFact fact, CancellationId cancellationId) implements OfOpened {}

  record ReceiveOfferAnswer(
      NotedFact fact,
      CancellationId cancellationId,
      OfferId offerId,
      OfferAnswer answer,
      Instant answeredAt)
      implements OfOpened {}

  /// OrderUnitsCancelled after a request: what the buyer gets for it.
  record NoteRefund(
      NotedFact fact, CancellationId cancellationId, long refundMinor, List<Notice> notices)
      implements OfOpened {
    public NoteRefund {
      notices = List.copyOf(notices);
    }

    public NoteRefund(NotedFact fact, CancellationId cancellationId, long refundMinor) {
      this(fact, cancellationId, refundMinor, List.of());
    }
  }

  /// A fact that only says something to the seller.
  record Inform(NotedFact fact, List<Notice> notices) implements OfOpened {
    public Inform {
      notices = List.copyOf(notices);
    }
  }

  /// OrderUnitsCancelled or DisputeResolved: it was the seller's fault.
  record NoteFault(NotedFact fact, PenaltyCode code, UUID causeId, List<Notice> notices)
      implements OfOpened {
    public NoteFault {
      notices = List.copyOf(notices);
    }

    public NoteFault(NotedFact fact, PenaltyCode code, UUID causeId) {
      this(fact, code, causeId, List.of());
    }
  }

  /// SellerReviewed.
  record NoteReview(NotedFact fact, int stars, Instant reviewedAt) implements OfOpened {}

  /// RulingMade with `stopFulfilment`.
  record StopFulfilment(NotedFact fact, DisputeId disputeId, Units units, Fault fault)
      implements OfOpened {}

  record StartProcessing(SellerId seller) implements BySeller {}

  record Approve(SellerId seller, CancellationId cancellationId, @Nullable String comment)
      implements BySeller {}

  record Decline(SellerId seller, CancellationId cancellationId, @Nullable String comment)
      implements BySeller {}

  record OfferPartialRefund(
      SellerId seller,
      CancellationId cancellationId,
      OfferId offerId,
      long refundMinor,
      @Nullable String comment)
      implements BySeller {}

  /// @param units null for all that are open
  /// @param numberUsed the same carrier and number belong to a shipment of another order
  record Ship(
      SellerId seller,
      ShipmentId shipmentId,
      @Nullable Units units,
      String carrier,
      String trackingNumber,
      boolean numberUsed)
      implements BySeller {}

  /// @param units null for all that are open, or for BUYER_ASKED those of the request
  record CancelBySeller(
      SellerId seller,
      @Nullable Units units,
      SellerCancellationReason reason,
      @Nullable String comment)
      implements BySeller {}

  record AgreeToReturn(SellerId seller, Units units, @Nullable String comment)
      implements BySeller {}

  /// @param seenAt null for now
  record ReportTracking(ShipmentId shipmentId, Tracking tracking, @Nullable Instant seenAt)
      implements OfOpened {}

  /// D2.
  record MissShipDeadline() implements OfOpened {}

  /// D3.
  record LetReplyTimePass(CancellationId cancellationId) implements OfOpened {}

  /// D4.
  record RemindSeller(CancellationId cancellationId) implements OfOpened {}

  /// D5.
  record LetOfferLapse(CancellationId cancellationId) implements OfOpened {}
}
