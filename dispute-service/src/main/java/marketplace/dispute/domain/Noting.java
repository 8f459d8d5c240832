package marketplace.dispute.domain;

import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;

import java.util.Optional;
import marketplace.dispute.domain.AfterSale.Closed;
import marketplace.dispute.domain.AfterSale.NoSale;
import marketplace.dispute.domain.AfterSale.Open;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSale.Overdue;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.ContactNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.Noted;
import marketplace.dispute.domain.AfterSaleEvent.ParcelNoted;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReceiptNoted;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.RequestEndedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAgreedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReviewResumed;
import marketplace.dispute.domain.AfterSaleEvent.ShipmentNoted;
import marketplace.dispute.domain.AfterSaleEvent.StopNoted;
import marketplace.dispute.domain.AfterSaleEvent.StopRefusedNoted;
import marketplace.dispute.domain.AfterSaleEvent.UnitsCancelledNoted;
import marketplace.dispute.domain.AfterSaleRejection.DuplicateFact;
import marketplace.dispute.domain.AfterSaleRejection.IllegalTransition;
import marketplace.dispute.domain.AfterSaleRejection.UnknownUnits;
import marketplace.dispute.domain.Dispute.AwaitingBuyer;
import marketplace.dispute.domain.Dispute.AwaitingSeller;
import marketplace.dispute.domain.Dispute.AwaitingStop;
import marketplace.dispute.domain.Dispute.PlatformReview;
import marketplace.dispute.domain.Dispute.Resolved;
import marketplace.dispute.domain.Dispute.Withdrawn;
import marketplace.dispute.domain.Return.InTransit;
import marketplace.eventsourcing.Decision;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.Units;

/// What the facts of other services do to an order after its sale. Each is noted first; then comes
/// what follows from it. One that contradicts what is known changes nothing.
final class Noting {
  private Noting() {}

  static Decision<AfterSaleEvent, AfterSaleRejection> take(Noted fact, AfterSaleDraft draft) {
    var o = draft.state();
    if (o.file().knows(fact)) return reject(new DuplicateFact());
    var refusal = whyNot(fact, o);
    if (refusal.isPresent()) return reject(refusal.get());
    if (tellsNothing(fact, o.file())) return alreadySo();
    draft.and(fact);
    return switch (fact) {
      case UnitsCancelledNoted noted -> afterUnitsCancelled(noted.cause(), draft).accepted();
      case CancellationNoted noted -> afterCancellation(noted.cause(), draft).accepted();
      case StopNoted noted -> afterStop(noted.disputeId(), draft).accepted();
      case StopRefusedNoted noted -> afterStopRefused(noted.disputeId(), draft).accepted();
      case ParcelNoted noted -> afterParcel(noted, draft).accepted();
      case PlacementNoted _,
          ShipmentNoted _,
          DeliveryNoted _,
          ReceiptNoted _,
          RequestEndedNoted _,
          ContactNoted _,
          ReturnAgreedNoted _,
          RefundNoted _ ->
          draft.accepted();
    };
  }

  /// What speaks against a fact. One that neither asks for a decision nor contradicts what is known
  /// is always taken in, also by a closed window.
  private static Optional<AfterSaleRejection> whyNot(Noted fact, Opened o) {
    return switch (fact) {
      case PlacementNoted _ -> Optional.of(new DuplicateFact());
      case UnitsCancelledNoted noted -> whyNotLeaving(noted.units(), o);
      case ShipmentNoted noted -> whyNotLeaving(noted.units(), o);
      case CancellationNoted _ -> unless(!isVoid(o) && o.goods().parcels().isEmpty());
      case ParcelNoted noted ->
          unless(
              o.goods()
                  .parcel(noted.shipmentId())
                  .filter(parcel -> parcel.state().mayBecome(noted.state()))
                  .isPresent());
      case DeliveryNoted _, ReceiptNoted _ -> unless(!isVoid(o));
      case StopNoted noted -> unless(wasToStop(noted.disputeId(), o));
      case StopRefusedNoted noted -> unless(wasToStop(noted.disputeId(), o));
      case RequestEndedNoted _, ContactNoted _, ReturnAgreedNoted _, RefundNoted _ ->
          Optional.empty();
    };
  }

  private static Optional<AfterSaleRejection> whyNotLeaving(Units units, Opened o) {
    if (isVoid(o)) return Optional.of(new IllegalTransition());
    return o.goods().open().covers(units) ? Optional.empty() : Optional.of(new UnknownUnits());
  }

  private static boolean isVoid(Opened o) {
    return switch (o.window()) {
      case NoSale() -> true;
      case Open _, Overdue _, Closed _ -> false;
    };
  }

  /// Only a ruling asks for a stop; whatever has ended the dispute before its answer came.
  private static boolean wasToStop(DisputeId id, Opened o) {
    return o.dispute(id)
        .filter(dispute -> dispute.reason() == DisputeReason.CANCELLATION_REFUSED)
        .filter(dispute ->
            switch (dispute.stage()) {
              case AwaitingStop _, Resolved _, Withdrawn _ -> true;
              case AwaitingSeller _, AwaitingBuyer _, PlatformReview _ -> false;
            })
        .isPresent();
  }

  private static Optional<AfterSaleRejection> unless(boolean possible) {
    return possible ? Optional.empty() : Optional.of(new IllegalTransition());
  }

  /// Would it be an event without any consequence? Every message and every approved request is.
  private static boolean tellsNothing(Noted fact, OrderFile file) {
    return switch (fact) {
      case ContactNoted _ -> file.contacted();
      case RequestEndedNoted noted -> !noted.refused() && !file.requestRefused();
      case PlacementNoted _,
          UnitsCancelledNoted _,
          CancellationNoted _,
          ShipmentNoted _,
          ParcelNoted _,
          DeliveryNoted _,
          ReceiptNoted _,
          ReturnAgreedNoted _,
          RefundNoted _,
          StopNoted _,
          StopRefusedNoted _ ->
          false;
    };
  }

  /// A13 and A17.
  private static AfterSaleDraft afterUnitsCancelled(CancellationCause cause, AfterSaleDraft draft) {
    var open = draft.state().openDispute();
    if (open.isEmpty()) return draft;
    var dispute = open.get();
    if (cause == CancellationCause.RULING) {
      return dispute.stage() instanceof AwaitingStop(var ruling)
          ? Disputing.stopped(dispute, ruling, draft)
          : draft;
    }
    return dispute.overtaken(draft.state().goods()) ? Disputing.moot(dispute, draft) : draft;
  }

  /// A13 and A17 again: the order's last word can be the first that is heard of it.
  private static AfterSaleDraft afterCancellation(CancellationCause cause, AfterSaleDraft draft) {
    var open = draft.state().openDispute();
    if (open.isEmpty()) return draft;
    var dispute = open.get();
    return cause == CancellationCause.RULING && dispute.stage() instanceof AwaitingStop(var ruling)
        ? Disputing.stopped(dispute, ruling, draft)
        : Disputing.moot(dispute, draft);
  }

  /// A13.
  private static AfterSaleDraft afterStop(DisputeId id, AfterSaleDraft draft) {
    var dispute = draft.state().dispute(id).orElseThrow();
    return dispute.stage() instanceof AwaitingStop(var ruling)
        ? Disputing.stopped(dispute, ruling, draft)
        : draft;
  }

  /// A14. Who has ruled in time and in vain has his time again.
  private static AfterSaleDraft afterStopRefused(DisputeId id, AfterSaleDraft draft) {
    var dispute = draft.state().dispute(id).orElseThrow();
    if (!(dispute.stage() instanceof AwaitingStop)) return draft;
    var earlier = dispute.ruleBy();
    var ruleBy =
        earlier != null && draft.at().isBefore(earlier)
            ? earlier
            : Disputing.ruleBy(draft.state(), draft.at());
    return draft.and(new ReviewResumed(draft.orderId(), id, ruleBy));
  }

  /// B13; what a refusal leads to follows from the state it leaves.
  private static AfterSaleDraft afterParcel(ParcelNoted noted, AfterSaleDraft draft) {
    if (noted.state() != Parcel.State.RETURNED) return draft;
    return draft
        .state()
        .returnOf(noted.shipmentId())
        .filter(one -> one.stage() instanceof InTransit)
        .map(one -> Returning.arrived(one.id(), draft))
        .orElse(draft);
  }
}
