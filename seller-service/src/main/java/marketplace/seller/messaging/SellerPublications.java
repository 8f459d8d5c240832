package marketplace.seller.messaging;

import java.util.Optional;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.SellerAccountMessage;
import marketplace.contracts.SellerMessage;
import marketplace.contracts.SellerMessage.RefundMode;
import marketplace.contracts.SellerMessage.WhyNotStopped;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.StoredEvent;
import marketplace.kernel.NotificationChannel;
import marketplace.seller.domain.account.SellerAccountEvent;
import marketplace.seller.domain.account.SellerAccountEvent.PointsLapsed;
import marketplace.seller.domain.account.SellerAccountEvent.RestrictionEnded;
import marketplace.seller.domain.account.SellerAccountEvent.SellerPenalised;
import marketplace.seller.domain.account.SellerAccountEvent.SellerRegistered;
import marketplace.seller.domain.account.SellerAccountEvent.SellerStandingChanged;
import marketplace.seller.domain.account.SellerAccountEvent.SellerTold;
import marketplace.seller.domain.conversation.ConversationEvent;
import marketplace.seller.domain.conversation.ConversationEvent.MessageSent;
import marketplace.seller.domain.conversation.ConversationEvent.PartiesNoted;
import marketplace.seller.domain.conversation.Party;
import marketplace.seller.domain.fulfilment.FulfilmentEvent;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ApprovedBy;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.CancellationWithdrawn;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.DeliveryRefused;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FulfilmentOpened;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FulfilmentStopRefused;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FulfilmentStopped;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.Noted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ParcelDelivered;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ParcelInTransit;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ParcelLost;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ParcelReturnedToSender;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.PartialRefundOfferLapsed;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.PartialRefundOfferRejected;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.PartialRefundOffered;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ProcessingStarted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ReturnAgreed;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerApproved;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerCancelled;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerDeclined;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerNotified;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerReminded;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerTimedOut;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ShipDeadlineMissed;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ShipmentDispatched;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.WhyDeclined;
import marketplace.seller.domain.product.ProductEvent;
import marketplace.seller.domain.product.ProductEvent.ProductListed;
import marketplace.seller.domain.product.ProductEvent.ProductPriceChanged;

/// Which stored events the world is told of, and in which words.
public final class SellerPublications {
  private SellerPublications() {}

  public static Optional<Message> ofFulfilment(StoredEvent<? extends FulfilmentEvent> stored) {
    return switch (stored.event()) {
      case Noted _ -> Optional.empty();
      case FulfilmentOpened e ->
          tell(
              new SellerMessage.FulfilmentOpened(
                  e.orderId(), e.sellerId(), e.shipBy(), e.openedAt(), e.units()));
      case ProcessingStarted e ->
          tell(new SellerMessage.ProcessingStarted(e.orderId(), e.startedAt()));
      case SellerApproved e ->
          tell(
              new SellerMessage.SellerApproved(
                  e.orderId(),
                  e.cancellationId(),
                  e.sellerId(),
                  by(e.by()),
                  e.units(),
                  e.agreedRefundMinor() == null ? RefundMode.FULL : RefundMode.AGREED_AMOUNT,
                  e.agreedRefundMinor(),
                  e.comment(),
                  e.approvedAt(),
                  e.replySeconds()));
      case SellerDeclined e ->
          tell(
              new SellerMessage.SellerDeclined(
                  e.orderId(),
                  e.cancellationId(),
                  e.sellerId(),
                  why(e.why()),
                  e.comment(),
                  e.declinedAt(),
                  e.replySeconds()));
      case SellerTimedOut e ->
          tell(
              new SellerMessage.SellerTimedOut(
                  e.orderId(),
                  e.cancellationId(),
                  e.sellerId(),
                  e.replyBy(),
                  e.waited(),
                  e.outcome(),
                  e.units(),
                  e.timedOutAt()));
      case PartialRefundOffered e ->
          tell(
              new SellerMessage.PartialRefundOffered(
                  e.orderId(),
                  e.cancellationId(),
                  e.offerId(),
                  e.sellerId(),
                  e.refundMinor(),
                  e.comment(),
                  e.offeredAt(),
                  e.answerBy()));
      case PartialRefundOfferRejected e ->
          tell(
              new SellerMessage.PartialRefundOfferRejected(
                  e.orderId(), e.cancellationId(), e.offerId(), e.rejectedAt(), e.replyBy()));
      case PartialRefundOfferLapsed e ->
          tell(
              new SellerMessage.PartialRefundOfferLapsed(
                  e.orderId(), e.cancellationId(), e.offerId(), e.lapsedAt()));
      case CancellationWithdrawn e ->
          tell(
              new SellerMessage.CancellationWithdrawn(
                  e.orderId(), e.cancellationId(), e.withdrawnAt()));
      case SellerReminded e ->
          tell(
              new SellerMessage.SellerReminded(
                  e.orderId(), e.cancellationId(), e.sellerId(), e.after(), e.remindedAt()));
      case SellerCancelled e ->
          tell(
              new SellerMessage.SellerCancelled(
                  e.orderId(),
                  e.sellerId(),
                  e.units(),
                  e.reason(),
                  e.fault(),
                  e.comment(),
                  e.cancelledAt(),
                  e.closesCancellationId()));
      case ShipDeadlineMissed e ->
          tell(
              new SellerMessage.ShipDeadlineMissed(
                  e.orderId(),
                  e.sellerId(),
                  e.shipBy(),
                  e.units(),
                  e.missedAt(),
                  e.closesCancellationId()));
      case FulfilmentStopped e ->
          tell(
              new SellerMessage.FulfilmentStopped(
                  e.orderId(),
                  e.disputeId(),
                  e.units(),
                  e.fault(),
                  e.stoppedAt(),
                  e.closesCancellationId()));
      case FulfilmentStopRefused e ->
          tell(
              new SellerMessage.FulfilmentStopRefused(
                  e.orderId(), e.disputeId(), WhyNotStopped.UNITS_NOT_OPEN, e.refusedAt()));
      case ShipmentDispatched e ->
          tell(
              new SellerMessage.ShipmentDispatched(
                  e.orderId(),
                  e.shipmentId(),
                  e.sellerId(),
                  e.units(),
                  e.carrier(),
                  e.trackingNumber(),
                  e.dispatchedAt(),
                  e.deliverBy(),
                  e.closesCancellationId()));
      case ParcelInTransit e ->
          tell(new SellerMessage.ParcelInTransit(e.orderId(), e.shipmentId(), e.at()));
      case ParcelDelivered e ->
          tell(new SellerMessage.ParcelDelivered(e.orderId(), e.shipmentId(), e.deliveredAt()));
      case DeliveryRefused e ->
          tell(new SellerMessage.DeliveryRefused(e.orderId(), e.shipmentId(), e.refusedAt()));
      case ParcelReturnedToSender e ->
          tell(new SellerMessage.ParcelReturnedToSender(e.orderId(), e.shipmentId(), e.at()));
      case ParcelLost e -> tell(new SellerMessage.ParcelLost(e.orderId(), e.shipmentId(), e.at()));
      case ReturnAgreed e ->
          tell(
              new SellerMessage.ReturnAgreed(
                  e.orderId(), e.sellerId(), e.units(), e.comment(), e.agreedAt()));
      case SellerNotified e ->
          tell(
              new SellerMessage.SellerNotified(
                  e.orderId(),
                  e.notificationId(),
                  e.sellerId(),
                  NotificationChannel.EMAIL,
                  e.template().name(),
                  e.subject(),
                  e.notifiedAt()));
    };
  }

  public static Optional<Message> ofConversation(StoredEvent<? extends ConversationEvent> stored) {
    return switch (stored.event()) {
      case PartiesNoted _ -> Optional.empty();
      case MessageSent e ->
          tell(
              new SellerMessage.MessageSent(
                  e.orderId(),
                  e.messageId(),
                  correspondent(e.from()),
                  correspondent(e.from().other()),
                  e.template() == null ? null : e.template().name(),
                  e.text(),
                  e.sentAt()));
    };
  }

  private static SellerMessage.Correspondent correspondent(Party party) {
    return switch (party) {
      case BUYER -> SellerMessage.Correspondent.BUYER;
      case SELLER -> SellerMessage.Correspondent.SELLER;
    };
  }

  public static Optional<Message> ofAccount(StoredEvent<? extends SellerAccountEvent> stored) {
    return switch (stored.event()) {
      case SellerRegistered e ->
          tell(
              new SellerAccountMessage.SellerRegistered(
                  e.sellerId(), e.name(), e.country(), e.type(), e.registeredAt()));
      case SellerPenalised e ->
          tell(
              new SellerAccountMessage.SellerPenalised(
                  e.sellerId(), e.orderId(), e.code(), e.points(), e.pointsTotal(), e.at()));
      case SellerStandingChanged e ->
          tell(new SellerAccountMessage.SellerStandingChanged(e.sellerId(), e.standing(), e.at()));
      case PointsLapsed _, RestrictionEnded _, SellerTold _ -> Optional.empty();
    };
  }

  public static Optional<Message> ofProduct(StoredEvent<? extends ProductEvent> stored) {
    return switch (stored.event()) {
      case ProductListed e ->
          tell(
              new SellerAccountMessage.ProductListed(
                  e.productId(),
                  e.sellerId(),
                  e.title(),
                  e.category(),
                  e.priceMinor(),
                  e.currency(),
                  e.freeReturnCountries(),
                  e.returnsAllowed(),
                  e.listedAt()));
      case ProductPriceChanged e ->
          tell(
              new SellerAccountMessage.ProductPriceChanged(
                  e.productId(), e.sellerId(), e.oldMinor(), e.newMinor(), e.changedAt()));
    };
  }

  private static SellerMessage.ApprovedBy by(ApprovedBy by) {
    return switch (by) {
      case SELLER -> SellerMessage.ApprovedBy.SELLER;
      case AUTO_WINDOW -> SellerMessage.ApprovedBy.AUTO_WINDOW;
      case OFFER_ACCEPTED -> SellerMessage.ApprovedBy.OFFER_ACCEPTED;
    };
  }

  private static SellerMessage.WhyDeclined why(WhyDeclined why) {
    return switch (why) {
      case SELLER_REFUSED -> SellerMessage.WhyDeclined.SELLER_REFUSED;
      case ALREADY_SHIPPED -> SellerMessage.WhyDeclined.ALREADY_SHIPPED;
      case UNITS_NOT_OPEN -> SellerMessage.WhyDeclined.UNITS_NOT_OPEN;
    };
  }

  private static Optional<Message> tell(SellerMessage message) {
    return tell(MessageFamily.SELLER, message);
  }

  private static Optional<Message> tell(SellerAccountMessage message) {
    return tell(MessageFamily.SELLER_ACCOUNTS, message);
  }

  private static <M extends marketplace.contracts.Message> Optional<Message> tell(
      MessageFamily<M> family, M message) {
    var type = message.getClass().getSimpleName();
    return Optional.of(
        Message.of(
            family.topic(),
            message.key().toString(),
            type,
            MessageFamily.dataSchema(type),
            message,
            family::write));
  }
}
