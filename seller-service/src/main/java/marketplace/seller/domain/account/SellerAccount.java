package marketplace.seller.domain.account;

import java.time.Instant;
import marketplace.eventsourcing.StreamId;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerType;

/// Who sells, and what stands in his record.
public sealed interface SellerAccount {
  String CATEGORY = "seller";

  static StreamId streamOf(SellerId id) {
    return new StreamId(CATEGORY, id.value());
  }

  record Unregistered() implements SellerAccount {}

  record Registered(
      SellerId sellerId,
      String name,
      String country,
      SellerType type,
      Instant registeredAt,
      SellerRecord record)
      implements SellerAccount {

    Registered with(SellerRecord next) {
      return new Registered(sellerId, name, country, type, registeredAt, next);
    }
  }
}
