package marketplace.seller.view;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.ViewRow;
import marketplace.kernel.CancellationId;
import marketplace.kernel.OrderId;
import marketplace.kernel.ShipmentId;
import org.jspecify.annotations.Nullable;

/// Answers from the rows that it has been shown: for a world without a database.
public final class RowLookup implements Lookup {
  private final Map<UUID, OrderId> orders = new HashMap<>();
  private final Set<List<@Nullable Object>> numbers = new HashSet<>();

  /// Takes in a row that was written; those of other tables are ignored.
  public void see(ViewRow row) {
    if (row.table().equals(SellerTables.CANCELLATION_TASKS)) {
      remember(row);
    } else if (row.table().equals(SellerTables.SHIPMENTS)) {
      remember(row);
      numbers.add(row.values().subList(2, 4));
    }
  }

  private void remember(ViewRow row) {
    orders.put(
        (UUID) Objects.requireNonNull(row.values().get(0)),
        new OrderId((UUID) Objects.requireNonNull(row.values().get(1))));
  }

  @Override
  public Optional<OrderId> orderOf(CancellationId cancellationId) {
    return Optional.ofNullable(orders.get(cancellationId.value()));
  }

  @Override
  public Optional<OrderId> orderOf(ShipmentId shipmentId) {
    return Optional.ofNullable(orders.get(shipmentId.value()));
  }

  @Override
  public boolean isNumberUsed(String carrier, String trackingNumber) {
    return numbers.contains(List.<@Nullable Object>of(carrier, trackingNumber));
  }
}
