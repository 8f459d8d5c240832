package marketplace.order.request;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.ProductId;
import marketplace.order.domain.Product;
import marketplace.order.domain.coupon.Coupon;
import marketplace.order.view.OrderSummary;

/// What placing an order looks up in this service's own tables.
public interface Catalogue {
  /// Those of the products that are known, in any order; see `CatalogueTables.product`.
  List<Product> products(Collection<ProductId> ids);

  /// The coupons of this code that the buyer has not used, the first to expire first; see
  /// `CouponTable.coupon`.
  List<Coupon> coupons(BuyerId buyerId, String code);

  /// An earlier order, to be placed again; see `OrderSummaries.summary`.
  Optional<OrderSummary> order(OrderId id);
}
