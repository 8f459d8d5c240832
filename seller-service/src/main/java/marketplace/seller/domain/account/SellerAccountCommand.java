package marketplace.seller.domain.account;

import java.util.UUID;
import marketplace.kernel.OrderId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerType;

/// All that can be asked of a seller's account, by people, by what happened to his orders, and by
/// time.
public sealed interface SellerAccountCommand {

  record RegisterSeller(SellerId sellerId, String name, String country, SellerType type)
      implements SellerAccountCommand {}

  /// @param causeId together with the code it is penalised once
  record Penalise(PenaltyCode code, UUID causeId, OrderId orderId)
      implements SellerAccountCommand {}

  /// D17, of points.
  record LapsePoints() implements SellerAccountCommand {}

  /// D17, of a restriction.
  record EndRestriction() implements SellerAccountCommand {}
}
