package marketplace.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.OrderId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerStanding;
import marketplace.kernel.SellerType;

/// What seller-service tells about sellers and products, on `seller.accounts.v1`, key = seller id
/// (domain, section 7.3).
public sealed interface SellerAccountMessage extends Message {
  SellerId sellerId();

  @Override
  default UUID key() {
    return sellerId().value();
  }

  record SellerRegistered(
      SellerId sellerId, String name, String country, SellerType type, Instant registeredAt)
      implements SellerAccountMessage {}

  record ProductListed(
      ProductId productId,
      SellerId sellerId,
      String title,
      String category,
      long priceMinor,
      String currency,
      List<String> freeReturnCountries,
      boolean returnsAllowed,
      Instant listedAt)
      implements SellerAccountMessage {}

  record ProductPriceChanged(
      ProductId productId, SellerId sellerId, long oldMinor, long newMinor, Instant changedAt)
      implements SellerAccountMessage {}

  /// @param pointsTotal all that count now, these among them
  record SellerPenalised(
      SellerId sellerId, OrderId orderId, PenaltyCode code, int points, int pointsTotal, Instant at)
      implements SellerAccountMessage {}

  record SellerStandingChanged(SellerId sellerId, SellerStanding standing, Instant at)
      implements SellerAccountMessage {}
}
