package marketplace.order.domain.buyer;

import java.time.Instant;

/// All that can have happened to what is known of a buyer. Private, and without a word of his.
public sealed interface BuyerEvent {

  record DataErased(Instant erasedAt) implements BuyerEvent {}
}
