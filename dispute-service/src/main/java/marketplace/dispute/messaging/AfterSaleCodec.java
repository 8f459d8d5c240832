package marketplace.dispute.messaging;

import marketplace.contracts.ContractJson;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.AfterSaleEvent.AfterSaleClosed;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.ContactNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEscalated;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEvidenceAdded;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferMade;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferRejected;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOpened;
import marketplace.dispute.domain.AfterSaleEvent.DisputeResolved;
import marketplace.dispute.domain.AfterSaleEvent.DisputeRulingOverdue;
import marketplace.dispute.domain.AfterSaleEvent.DisputeWithdrawn;
import marketplace.dispute.domain.AfterSaleEvent.ParcelNoted;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReceiptNoted;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.RequestEndedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAccepted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAgreedNoted;
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
import marketplace.dispute.domain.AfterSaleEvent.ShipmentNoted;
import marketplace.dispute.domain.AfterSaleEvent.StopNoted;
import marketplace.dispute.domain.AfterSaleEvent.StopRefusedNoted;
import marketplace.dispute.domain.AfterSaleEvent.UnitsCancelledNoted;
import marketplace.dispute.domain.AfterSaleEvent.WindowOverran;
import marketplace.eventsourcing.EventCodec;

/// The names of stored events. What stands here is on disk for ever.
public final class AfterSaleCodec {
  private AfterSaleCodec() {}

  public static EventCodec<AfterSaleEvent> create() {
    return new EventCodec<AfterSaleEvent>(ContractJson.mapper())
        .writes("aftersale.placement-noted.v2", PlacementNoted.class)
        .writes("aftersale.units-cancelled-noted.v2", UnitsCancelledNoted.class)
        .writes("aftersale.cancellation-noted.v2", CancellationNoted.class)
        .writes("aftersale.shipment-noted.v2", ShipmentNoted.class)
        .writes("aftersale.parcel-noted.v1", ParcelNoted.class)
        .writes("aftersale.delivery-noted.v2", DeliveryNoted.class)
        .writes("aftersale.receipt-noted.v1", ReceiptNoted.class)
        .writes("aftersale.request-ended-noted.v1", RequestEndedNoted.class)
        .writes("aftersale.contact-noted.v1", ContactNoted.class)
        .writes("aftersale.return-agreed-noted.v1", ReturnAgreedNoted.class)
        .writes("aftersale.refund-noted.v2", RefundNoted.class)
        .writes("aftersale.stop-noted.v1", StopNoted.class)
        .writes("aftersale.stop-refused-noted.v1", StopRefusedNoted.class)
        .writes("aftersale.window-overran.v1", WindowOverran.class)
        .writes("aftersale.after-sale-closed.v1", AfterSaleClosed.class)
        .writes("aftersale.dispute-opened.v1", DisputeOpened.class)
        .writes("aftersale.dispute-evidence-added.v1", DisputeEvidenceAdded.class)
        .writes("aftersale.dispute-offer-made.v1", DisputeOfferMade.class)
        .writes("aftersale.dispute-offer-rejected.v1", DisputeOfferRejected.class)
        .writes("aftersale.dispute-escalated.v1", DisputeEscalated.class)
        .writes("aftersale.dispute-ruling-overdue.v1", DisputeRulingOverdue.class)
        .writes("aftersale.ruling-made.v1", RulingMade.class)
        .writes("aftersale.review-resumed.v1", ReviewResumed.class)
        .writes("aftersale.dispute-resolved.v1", DisputeResolved.class)
        .writes("aftersale.dispute-withdrawn.v1", DisputeWithdrawn.class)
        .writes("aftersale.return-requested.v1", ReturnRequested.class)
        .writes("aftersale.return-evidence-added.v1", ReturnEvidenceAdded.class)
        .writes("aftersale.return-approved.v1", ReturnApproved.class)
        .writes("aftersale.return-rejected.v1", ReturnRejected.class)
        .writes("aftersale.return-shipped.v1", ReturnShipped.class)
        .writes("aftersale.return-parcel-delivered.v1", ReturnParcelDelivered.class)
        .writes("aftersale.return-contested.v1", ReturnContested.class)
        .writes("aftersale.return-accepted.v1", ReturnAccepted.class)
        .writes("aftersale.return-closed.v1", ReturnClosed.class)
        .reads("aftersale.placement-noted.v1", PlacementNoted.class, FirstShapes::placement)
        .reads(
            "aftersale.units-cancelled-noted.v1", UnitsCancelledNoted.class, FirstShapes::cancelled)
        .reads("aftersale.cancellation-noted.v1", CancellationNoted.class, FirstShapes::cancelled)
        .reads("aftersale.shipment-noted.v1", ShipmentNoted.class, FirstShapes::shipment)
        .reads("aftersale.delivery-noted.v1", DeliveryNoted.class, FirstShapes::delivery)
        .reads("aftersale.refund-noted.v1", RefundNoted.class, FirstShapes::refund);
  }
}
