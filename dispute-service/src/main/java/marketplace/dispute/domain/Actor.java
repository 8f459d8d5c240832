package marketplace.dispute.domain;

import java.util.UUID;
import marketplace.kernel.CaseParty;

/// Who acts in a case, and for which side.
public record Actor(CaseParty party, UUID id) {

  /// Everybody who acts for the platform may; of the two sides only the order's own people.
  boolean mayActIn(Sale sale) {
    return switch (party) {
      case BUYER -> id.equals(sale.buyerId().value());
      case SELLER -> id.equals(sale.sellerId().value());
      case PLATFORM -> true;
    };
  }
}
