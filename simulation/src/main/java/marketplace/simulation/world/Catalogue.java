package marketplace.simulation.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.ServiceRules;

/// What can be asked, by name, and of whom.
public final class Catalogue {
  /// Lists are read from tables, so they are no part of the rules: over HTTP only.
  private static final Map<String, Entry> LISTS =
      Map.of(
          "listOrders", list("order-service", "/v1/orders"),
          "listBuyerNotifications", list("order-service", "/v1/buyers/{buyerId}/notifications"),
          "listSellerNotifications", list("seller-service", "/v1/sellers/{sellerId}/notifications"),
          "listSellerOrders", list("seller-service", "/v1/seller-orders"),
          "listCancellationTasks", list("seller-service", "/v1/cancellation-tasks"));

  private final Map<String, Entry> entries = new HashMap<>(LISTS);

  /// @param service as in `ce_source`, without the slash
  public record Entry(String service, Operation operation) {}

  public Catalogue(List<ServiceRules> services) {
    for (var rules : services) {
      rules
          .operations()
          .forEach((name, operation) -> {
            if (entries.put(name, new Entry(rules.name(), operation)) != null) {
              throw new IllegalArgumentException("two services offer " + name);
            }
          });
    }
  }

  /// @throws IllegalArgumentException for a name that nobody offers
  public Entry find(String operation) {
    var entry = entries.get(operation);
    if (entry == null) throw new IllegalArgumentException("no operation is called " + operation);
    return entry;
  }

  private static Entry list(String service, String path) {
    return new Entry(
        service,
        new Operation(
            "GET",
            path,
            (call, parameters, body) -> {
              throw new UnsupportedOperationException(path + " is read from tables");
            }));
  }
}
