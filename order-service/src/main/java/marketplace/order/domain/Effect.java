package marketplace.order.domain;

import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CaseType;
import marketplace.kernel.Fault;
import marketplace.kernel.OfferId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// What an order takes from another service's fact, in its own words. It is kept with the fact's id
/// in the order's stream, so that the order can be told from that stream alone.
public sealed interface Effect {

  record PaymentAuthorized(PaymentId paymentId, PaymentMethod method, long amountMinor)
      implements Effect {}

  record PaymentCaptured(PaymentId paymentId, PaymentMethod method, long amountMinor)
      implements Effect {}

  record PaymentFailed(PaymentId paymentId) implements Effect {}

  record PaymentVoided(PaymentId paymentId) implements Effect {}

  record ProcessingStarted() implements Effect {}

  /// The seller, or his silence, has granted a request.
  ///
  /// @param agreedRefundMinor null where the full amount is due
  record RequestGranted(
      CancellationId cancellationId,
      CancellationCause cause,
      Units units,
      @Nullable Long agreedRefundMinor)
      implements Effect {}

  /// A request has ended without cancelling anything.
  record RequestEnded(CancellationId cancellationId, Request.Outcome outcome, Instant endedAt)
      implements Effect {}

  /// @param comment null unless the seller says more
  record OfferMade(
      CancellationId cancellationId,
      OfferId offerId,
      long refundMinor,
      @Nullable String comment,
      Instant answerBy)
      implements Effect {}

  record OfferRejected(CancellationId cancellationId, OfferId offerId, Instant replyBy)
      implements Effect {}

  /// Units were cancelled where nobody had asked: by the seller, by the shipping deadline, by a
  /// ruling.
  ///
  /// @param closes the request that this has overtaken, null for none
  /// @param position of the fact in its producer's stream; null on an injected one without
  record UnitsCancelled(
      CancellationCause cause,
      Fault fault,
      Units units,
      Instant cancelledAt,
      @Nullable CancellationId closes,
      @Nullable Integer position)
      implements Effect {

    /// Such a fact has no id of its own. Two of one instant about the same units are two facts only
    /// where the producer's stream says so.
    boolean repeats(UnitsCancelled earlier) {
      return cause == earlier.cause
          && cancelledAt.equals(earlier.cancelledAt)
          && units.equals(earlier.units)
          && (position == null || earlier.position == null || position.equals(earlier.position));
    }
  }

  /// @param closes the request that this shipment has ended, null for none
  record ParcelDispatched(
      ShipmentId shipmentId,
      Units units,
      Instant dispatchedAt,
      Instant deliverBy,
      @Nullable CancellationId closes)
      implements Effect {}

  record ParcelReported(ShipmentId shipmentId, Parcel.State state, Instant reportedAt)
      implements Effect {}

  record RefundRequested(RefundId refundId, RefundCause cause, UUID causeId, long amountMinor)
      implements Effect {}

  record RefundIssued(RefundId refundId, RefundCause cause, UUID causeId, long amountMinor)
      implements Effect {}

  record RefundSettled(RefundId refundId) implements Effect {}

  record RefundDenied(RefundCause cause, UUID causeId) implements Effect {}

  record AfterSaleClosed() implements Effect {}

  /// @param aboutCancellation of a refused cancellation
  record CaseOpened(CaseType type, UUID caseId, boolean aboutCancellation, Cases.State state)
      implements Effect {}

  record CaseMoved(UUID caseId, Cases.State state) implements Effect {}

  /// A return was accepted, and with it its units.
  record UnitsReturned(UUID caseId, Units units) implements Effect {}

  /// Part of the order's history, without consequence for it.
  record Seen() implements Effect {}
}
