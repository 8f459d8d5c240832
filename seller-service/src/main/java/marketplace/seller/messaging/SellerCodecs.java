package marketplace.seller.messaging;

import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.EventCodec;
import marketplace.seller.domain.account.SellerAccountEvent;
import marketplace.seller.domain.conversation.ConversationEvent;
import marketplace.seller.domain.fulfilment.FulfilmentEvent;
import marketplace.seller.domain.product.ProductEvent;

/// The names of stored events. What stands here is on disk for ever.
public final class SellerCodecs {
  private SellerCodecs() {}

  public static EventCodec<FulfilmentEvent> fulfilment() {
    return new EventCodec<FulfilmentEvent>(ContractJson.mapper())
        .writes("fulfilment.order-noted.v1", FulfilmentEvent.OrderNoted.class)
        .writes("fulfilment.request-noted.v1", FulfilmentEvent.RequestNoted.class)
        .writes("fulfilment.refund-noted.v1", FulfilmentEvent.RefundNoted.class)
        .writes("fulfilment.fault-noted.v1", FulfilmentEvent.FaultNoted.class)
        .writes("fulfilment.review-noted.v1", FulfilmentEvent.ReviewNoted.class)
        .writes("fulfilment.fact-noted.v1", FulfilmentEvent.FactNoted.class)
        .writes("fulfilment.opened.v1", FulfilmentEvent.FulfilmentOpened.class)
        .writes("fulfilment.processing-started.v1", FulfilmentEvent.ProcessingStarted.class)
        .writes("fulfilment.approved.v1", FulfilmentEvent.SellerApproved.class)
        .writes("fulfilment.declined.v1", FulfilmentEvent.SellerDeclined.class)
        .writes("fulfilment.timed-out.v1", FulfilmentEvent.SellerTimedOut.class)
        .writes("fulfilment.offered.v1", FulfilmentEvent.PartialRefundOffered.class)
        .writes("fulfilment.offer-rejected.v1", FulfilmentEvent.PartialRefundOfferRejected.class)
        .writes("fulfilment.offer-lapsed.v1", FulfilmentEvent.PartialRefundOfferLapsed.class)
        .writes("fulfilment.withdrawn.v1", FulfilmentEvent.CancellationWithdrawn.class)
        .writes("fulfilment.reminded.v1", FulfilmentEvent.SellerReminded.class)
        .writes("fulfilment.cancelled.v1", FulfilmentEvent.SellerCancelled.class)
        .writes("fulfilment.ship-deadline-missed.v1", FulfilmentEvent.ShipDeadlineMissed.class)
        .writes("fulfilment.stopped.v1", FulfilmentEvent.FulfilmentStopped.class)
        .writes("fulfilment.stop-refused.v1", FulfilmentEvent.FulfilmentStopRefused.class)
        .writes("fulfilment.dispatched.v1", FulfilmentEvent.ShipmentDispatched.class)
        .writes("fulfilment.parcel-in-transit.v1", FulfilmentEvent.ParcelInTransit.class)
        .writes("fulfilment.parcel-delivered.v1", FulfilmentEvent.ParcelDelivered.class)
        .writes("fulfilment.delivery-refused.v1", FulfilmentEvent.DeliveryRefused.class)
        .writes("fulfilment.parcel-returned.v1", FulfilmentEvent.ParcelReturnedToSender.class)
        .writes("fulfilment.parcel-lost.v1", FulfilmentEvent.ParcelLost.class)
        .writes("fulfilment.return-agreed.v1", FulfilmentEvent.ReturnAgreed.class)
        .writes("fulfilment.seller-notified.v1", FulfilmentEvent.SellerNotified.class);
  }

  public static EventCodec<ConversationEvent> conversation() {
    return new EventCodec<ConversationEvent>(ContractJson.mapper())
        .writes("conversation.parties-noted.v1", ConversationEvent.PartiesNoted.class)
        .writes("conversation.message-sent.v1", ConversationEvent.MessageSent.class);
  }

  public static EventCodec<SellerAccountEvent> account() {
    return new EventCodec<SellerAccountEvent>(ContractJson.mapper())
        .writes("seller.registered.v1", SellerAccountEvent.SellerRegistered.class)
        .writes("seller.penalised.v1", SellerAccountEvent.SellerPenalised.class)
        .writes("seller.standing-changed.v1", SellerAccountEvent.SellerStandingChanged.class)
        .writes("seller.points-lapsed.v1", SellerAccountEvent.PointsLapsed.class)
        .writes("seller.restriction-ended.v1", SellerAccountEvent.RestrictionEnded.class)
        .writes("seller.told.v1", SellerAccountEvent.SellerTold.class);
  }

  public static EventCodec<ProductEvent> product() {
    return new EventCodec<ProductEvent>(ContractJson.mapper())
        .writes("product.listed.v1", ProductEvent.ProductListed.class)
        .writes("product.price-changed.v1", ProductEvent.ProductPriceChanged.class);
  }
}
