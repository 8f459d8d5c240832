package marketplace.seller.view;

import java.time.Instant;
import java.util.ArrayList;
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
import marketplace.seller.domain.account.SellerAccountEvent.SellerPenalised;
import marketplace.seller.domain.account.SellerAccountEvent.SellerTold;

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
      case Registered seller -> {
        List<ViewRow> rows = new ArrayList<>();
        rows.add(
            ViewRow.of(
                SellerTables.SELLERS,
                seller.sellerId().value(),
                new JsonText(SellerView.of(seller))));
        for (var stored : change.events()) {
          switch (stored.event()) {
            case SellerPenalised e -> rows.add(penaltyRow(e));
            case SellerTold e -> rows.add(NotificationView.of(e).rowFor(e.sellerId()));
            case SellerAccountEvent _ -> {}
          }
        }
        yield rows;
      }
    };
  }

  private static ViewRow penaltyRow(SellerPenalised penalty) {
    return ViewRow.of(
        SellerTables.PENALTIES,
        penalty.code().name(),
        penalty.causeId(),
        penalty.sellerId().value(),
        penalty.orderId().value(),
        penalty.at());
  }
}
