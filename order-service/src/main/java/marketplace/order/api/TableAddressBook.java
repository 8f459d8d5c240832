package marketplace.order.api;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.order.request.AddressBook;
import marketplace.order.view.DeliveryAddress;
import org.jspecify.annotations.Nullable;

/// Looks addresses up in this service's own table.
public final class TableAddressBook implements AddressBook {
  private static final int COLUMNS = DeliveryAddress.TABLE.columns().size();
  private static final String ADDRESSES =
      DeliveryAddress.TABLE.columns().stream()
          .map(ViewTable.Column::name)
          .collect(
              Collectors.joining(", ", "select ", " from delivery_addresses where buyer_id = ?"));

  private final DataSource dataSource;

  public TableAddressBook(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Optional<DeliveryAddress> find(BuyerId buyerId, AddressId addressId) {
    return read(ADDRESSES + " and address_id = ?", buyerId.value(), addressId.value()).stream()
        .findFirst();
  }

  @Override
  public List<DeliveryAddress> of(BuyerId buyerId) {
    return read(ADDRESSES, buyerId.value());
  }

  private List<DeliveryAddress> read(String sql, UUID... ids) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (var index = 0; index < ids.length; index++) statement.setObject(index + 1, ids[index]);
      List<DeliveryAddress> addresses = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          List<@Nullable Object> values = new ArrayList<>();
          for (var column = 1; column <= COLUMNS; column++) values.add(rows.getObject(column));
          addresses.add(DeliveryAddress.of(values));
        }
      }
      return addresses;
    } catch (SQLException e) {
      throw new StoreUnavailableException("the addresses cannot be read", e);
    }
  }

  @Override
  public Optional<Instant> erasedAt(BuyerId buyerId) {
    var sql = "select erased_at from erased_buyers where buyer_id = ?";
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, buyerId.value());
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant())
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new StoreUnavailableException("the erased buyers cannot be read", e);
    }
  }
}
