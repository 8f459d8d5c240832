package marketplace.seller.domain.fulfilment;

import java.time.Duration;
import java.util.List;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.SellerId;
import marketplace.kernel.SilenceOutcome;

/// Who deals with whom, and the values of the order's policy that later decisions need: written
/// down when the order is placed, so no later policy moves them.
///
/// @param sellerReminders after how much of the reply time the seller is reminded, in order, each
///   once
public record Terms(
    OrderId orderId,
    BuyerId buyerId,
    SellerId sellerId,
    String currency,
    String policyId,
    SilenceOutcome onSellerSilence,
    List<Duration> sellerReminders,
    int maxOffersPerRequest,
    Duration offerAnswerWithin,
    Duration deliverWithin) {
  public Terms {
    sellerReminders = sellerReminders.stream().distinct().sorted().toList();
  }
}
