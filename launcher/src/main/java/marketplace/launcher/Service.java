package marketplace.launcher;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The applications that we start, as the user calls them.
enum Service {
  ORDER("order-service"),
  SELLER("seller-service"),
  REFUND("refund-service"),
  DISPUTE("dispute-service"),
  SIMULATION("simulation");

  private final String module;

  Service(String module) {
    this.module = module;
  }

  static Optional<Service> named(String name) {
    return Stream.of(values()).filter(service -> service.id().equals(name)).findFirst();
  }

  /// Of a part: `order-2` is an order-service.
  static Service of(String part) {
    return named(part.replaceFirst("-\\d+$", ""))
        .orElseThrow(() -> new IllegalArgumentException(part + " is no service"));
  }

  /// All but the simulation own a database.
  static Stream<Service> withDatabase() {
    return Stream.of(values()).filter(Service::hasDatabase);
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String module() {
    return module;
  }

  int port(Ports ports) {
    return switch (this) {
      case ORDER -> ports.order();
      case SELLER -> ports.seller();
      case REFUND -> ports.refund();
      case DISPUTE -> ports.dispute();
      case SIMULATION -> ports.simulation();
    };
  }

  boolean hasDatabase() {
    return this != SIMULATION;
  }

  String database() {
    return id() + "_service";
  }
}
