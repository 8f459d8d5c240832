package marketplace.dispute.messaging;

import marketplace.contracts.ContractJson;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.AfterSaleEvent.AfterSaleClosed;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.ShipmentNoted;
import marketplace.dispute.domain.AfterSaleEvent.UnitsCancelledNoted;
import marketplace.dispute.domain.AfterSaleEvent.WindowOverran;
import marketplace.eventsourcing.EventCodec;

/// The names of stored events. What stands here is on disk for ever.
public final class AfterSaleCodec {
  private AfterSaleCodec() {}

  public static EventCodec<AfterSaleEvent> create() {
    return new EventCodec<AfterSaleEvent>(ContractJson.mapper())
        .writes("aftersale.placement-noted.v1", PlacementNoted.class)
        .writes("aftersale.units-cancelled-noted.v1", UnitsCancelledNoted.class)
        .writes("aftersale.cancellation-noted.v1", CancellationNoted.class)
        .writes("aftersale.shipment-noted.v1", ShipmentNoted.class)
        .writes("aftersale.delivery-noted.v1", DeliveryNoted.class)
        .writes("aftersale.refund-noted.v1", RefundNoted.class)
        .writes("aftersale.window-overran.v1", WindowOverran.class)
        .writes("aftersale.after-sale-closed.v1", AfterSaleClosed.class);
  }
}
