package marketplace.seller.process;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.FollowUps;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.StoredEvent;
import marketplace.kernel.Fault;
import marketplace.kernel.OrderId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerId;
import marketplace.seller.domain.account.SellerAccount;
import marketplace.seller.domain.account.SellerAccountCommand.Penalise;
import marketplace.seller.domain.fulfilment.FulfilmentEvent;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FaultNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerCancelled;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerTimedOut;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ShipDeadlineMissed;

/// What happens to a seller's orders and stands in his record (domain, section 11). All of his
/// orders would wait for his account if they wrote it themselves.
public final class SellerFollowUps {
  public static final FollowUps<FulfilmentEvent> OF_FULFILMENT =
      new FollowUps<>(
          Set.of(
              SellerTimedOut.class,
              SellerCancelled.class,
              ShipDeadlineMissed.class,
              FaultNoted.class),
          SellerFollowUps::of);

  private SellerFollowUps() {}

  private static List<Reaction.Step> of(StoredEvent<FulfilmentEvent> stored) {
    var itself = stored.eventId();
    return switch (stored.event()) {
      case SellerTimedOut e ->
          penalise(
              e.sellerId(), PenaltyCode.REPLY_TIMEOUT, e.cancellationId().value(), e.orderId());
      case SellerCancelled e when e.fault() == Fault.SELLER ->
          penalise(e.sellerId(), PenaltyCode.SELLER_CANCELLED, itself, e.orderId());
      case ShipDeadlineMissed e ->
          penalise(e.sellerId(), PenaltyCode.SHIP_DEADLINE_MISSED, itself, e.orderId());
      case FaultNoted e -> penalise(e.sellerId(), e.code(), e.causeId(), e.orderId());
      case FulfilmentEvent _ -> List.of();
    };
  }

  private static List<Reaction.Step> penalise(
      SellerId sellerId, PenaltyCode code, UUID causeId, OrderId orderId) {
    return List.of(
        new Reaction.Step(
            SellerAccount.streamOf(sellerId), new Penalise(code, causeId, orderId), false));
  }
}
