package marketplace.seller.domain.account;

import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.NotificationId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerStanding;
import marketplace.kernel.SellerType;
import marketplace.seller.domain.fulfilment.SellerTemplate;

/// All that can have happened to a seller's account.
public sealed interface SellerAccountEvent {

  record SellerRegistered(
      SellerId sellerId, String name, String country, SellerType type, Instant registeredAt)
      implements SellerAccountEvent {}

  /// @param pointsTotal all that count now, these among them
  record SellerPenalised(
      SellerId sellerId,
      OrderId orderId,
      PenaltyCode code,
      UUID causeId,
      int points,
      int pointsTotal,
      Instant at)
      implements SellerAccountEvent {}

  record SellerStandingChanged(SellerId sellerId, SellerStanding standing, Instant at)
      implements SellerAccountEvent {}

  /// Private: only what it does to the standing is of interest to others.
  ///
  /// @param penalties how many count no more, of the oldest ones
  record PointsLapsed(SellerId sellerId, int penalties, int pointsTotal, Instant at)
      implements SellerAccountEvent {}

  /// The seller was told of something, in the same append in which it came to be. Private:
  /// everything in it follows from SellerPenalised, and what the others are told of notifications
  /// is told of orders.
  record SellerTold(
      SellerId sellerId,
      OrderId orderId,
      NotificationId notificationId,
      SellerTemplate template,
      String subject,
      NoticeDetails details,
      Instant notifiedAt)
      implements SellerAccountEvent {}

  /// Private: new orders may be placed again, as everybody could tell from the standing's time.
  record RestrictionEnded(SellerId sellerId, Instant at) implements SellerAccountEvent {}
}
