package marketplace.order.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// Where an order goes, or that somebody wished this to be forgotten.
///
/// @param erased true where nothing else is left; absent otherwise
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryAddressView(
    @Nullable String name,
    @Nullable String street,
    @Nullable String city,
    @Nullable String postcode,
    @Nullable String country,
    @Nullable Boolean erased) {

  static final DeliveryAddressView ERASED =
      new DeliveryAddressView(null, null, null, null, null, true);

  /// Nobody's name or street gets into a log by way of a record's text.
  @Override
  public String toString() {
    return erased == null ? "address in " + country : "erased address";
  }
}
