package marketplace.order.domain;

import java.util.List;
import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PolicySet;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.kernel.Units;
import marketplace.order.domain.coupon.Coupon;
import org.jspecify.annotations.Nullable;

/// All that can be asked of an order.
public sealed interface OrderCommand {

  /// @param coupon null where none is named
  /// @param policy null where nobody knows a set under the id that was named
  /// @param externalReference null unless the buyer buys for somebody else
  /// @param reorderOf null for a first order
  record PlaceOrder(
      OrderId orderId,
      BuyerId buyerId,
      SellerId sellerId,
      List<Wanted> lines,
      long shippingFeeMinor,
      @Nullable WantedCoupon coupon,
      PaymentMethod paymentMethod,
      OrderEvent.Destination deliverTo,
      @Nullable PolicySet policy,
      @Nullable String externalReference,
      @Nullable OrderId reorderOf)
      implements OrderCommand {
    public PlaceOrder {
      lines = List.copyOf(lines);
      if (lines.isEmpty()) throw new IllegalArgumentException("an order has at least one line");
    }
  }

  /// One wish of the buyer, looked up in the catalogue.
  sealed interface Wanted {}

  record Sold(Product product, int quantity) implements Wanted {}

  record NotSold(ProductId productId) implements Wanted {}

  /// A coupon by its code.
  ///
  /// @param candidates those of this code that the buyer has not used, the first to expire first
  record WantedCoupon(String code, List<Coupon> candidates) {
    public WantedCoupon {
      candidates = List.copyOf(candidates);
    }
  }

  /// Cancels at once while nothing is paid, and asks the seller afterwards.
  ///
  /// @param units null for all that are open
  /// @param comment null unless the buyer says more
  record RequestCancellation(
      BuyerId buyerId,
      CancellationId cancellationId,
      @Nullable Units units,
      CancellationReason reason,
      @Nullable String comment)
      implements OrderCommand {}

  record AskWithdrawal(BuyerId buyerId, CancellationId cancellationId) implements OrderCommand {}

  record AnswerOffer(
      BuyerId buyerId, CancellationId cancellationId, OfferId offerId, OfferAnswer answer)
      implements OrderCommand {}

  record ConfirmReceipt(BuyerId buyerId) implements OrderCommand {}

  /// @param stars one to five
  /// @param comment null unless the buyer says more
  record Review(BuyerId buyerId, int stars, @Nullable String comment) implements OrderCommand {}

  /// D1, `payBy`.
  record LetPaymentTimePass() implements OrderCommand {}

  /// Another service's fact, and what it means here.
  ///
  /// @param notices what the buyer is told of it, if it is accepted
  record TakeNote(UUID eventId, String eventType, Effect effect, List<Notice> notices)
      implements OrderCommand {
    public TakeNote {
      notices = List.copyOf(notices);
    }

    public TakeNote(UUID eventId, String eventType, Effect effect) {
      this(eventId, eventType, effect, List.of());
    }
  }
}
