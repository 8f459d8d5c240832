package marketplace.order.request;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.order.view.DeliveryAddress;

/// What is known of buyers beside their orders, in this service's own tables.
public interface AddressBook {
  Optional<DeliveryAddress> find(BuyerId buyerId, AddressId addressId);

  List<DeliveryAddress> of(BuyerId buyerId);

  /// Empty for a buyer who has never asked for it.
  Optional<Instant> erasedAt(BuyerId buyerId);
}
