package marketplace.order.domain.buyer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// @param erasedAt up to when nothing is shown any more; null where nothing was erased
public record BuyerData(@Nullable Instant erasedAt) {
  static final BuyerData KEPT = new BuyerData(null);
}
