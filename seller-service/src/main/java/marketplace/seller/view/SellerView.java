package marketplace.seller.view;

import java.time.Instant;
import java.util.List;
import marketplace.contracts.JsonText;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.ViewRow;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerType;
import marketplace.seller.domain.account.SellerAccount;
import marketplace.seller.domain.account.SellerAccount.Registered;
import marketplace.seller.domain.account.SellerAccount.Unregistered;
import marketplace.seller.domain.account.SellerAccountEvent;

/// What everybody may know of a seller.
public record SellerView(
    SellerId sellerId, String name, String country, SellerType type, Instant registeredAt) {

  public static SellerView of(Registered seller) {
    return new SellerView(
        seller.sellerId(), seller.name(), seller.country(), seller.type(), seller.registeredAt());
  }

  public static List<ViewRow> rowsFor(Change<SellerAccount, SellerAccountEvent> change) {
    return switch (change.after()) {
      case Unregistered _ -> List.of();
      case Registered seller ->
          List.of(
              ViewRow.of(
                  SellerTables.SELLERS,
                  seller.sellerId().value(),
                  new JsonText(SellerView.of(seller))));
    };
  }
}
