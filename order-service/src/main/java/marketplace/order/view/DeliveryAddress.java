package marketplace.order.view;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.ViewTable.Column;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import org.jspecify.annotations.Nullable;

/// Where a buyer has things sent. It stands in this table alone, and in no event: what is erased
/// here is gone.
///
/// @param place null once it is erased
public record DeliveryAddress(AddressId addressId, BuyerId buyerId, @Nullable Place place) {
  private static final Column ADDRESS_ID = new Column("address_id", "uuid");
  private static final Column BUYER_ID = new Column("buyer_id", "uuid");

  public static final ViewTable TABLE =
      new ViewTable(
          "delivery_addresses",
          List.of(ADDRESS_ID, BUYER_ID),
          List.of(
              ADDRESS_ID,
              BUYER_ID,
              new Column("name", "text"),
              new Column("street", "text"),
              new Column("city", "text"),
              new Column("postcode", "text"),
              new Column("country", "text")));

  public record Place(String name, String street, String city, String postcode, String country) {
    /// Nobody's name or street gets into a log by way of a record's text.
    @Override
    public String toString() {
      return "Place in " + country;
    }
  }

  public DeliveryAddressView view() {
    return place == null
        ? DeliveryAddressView.ERASED
        : new DeliveryAddressView(
            place.name(), place.street(), place.city(), place.postcode(), place.country(), null);
  }

  public DeliveryAddress erased() {
    return new DeliveryAddress(addressId, buyerId, null);
  }

  public ViewRow row() {
    return ViewRow.of(
        TABLE,
        addressId.value(),
        buyerId.value(),
        place == null ? null : place.name(),
        place == null ? null : place.street(),
        place == null ? null : place.city(),
        place == null ? null : place.postcode(),
        place == null ? null : place.country());
  }

  /// Reads the row back.
  public static DeliveryAddress of(List<@Nullable Object> row) {
    return new DeliveryAddress(
        new AddressId((UUID) Objects.requireNonNull(row.get(0))),
        new BuyerId((UUID) Objects.requireNonNull(row.get(1))),
        row.get(2) == null
            ? null
            : new Place(text(row, 2), text(row, 3), text(row, 4), text(row, 5), text(row, 6)));
  }

  private static String text(List<@Nullable Object> row, int column) {
    return (String) Objects.requireNonNull(row.get(column));
  }
}
