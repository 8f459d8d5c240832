package marketplace.launcher;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The applications that we start, as the user calls them.
enum Service {
  ORDER("order-service"),
  SELLER("seller-service"),
  REFUND("refund-service"),
  DISPUTE("dispute-service"),
  SIMULATION("simulation");

  static final int INSTANCES_MAX = 3;
  private static final int INSTANCE_STEP = 10;

  /// At the end of the name of a further instance: `order-2`.
  private static final Pattern FURTHER = Pattern.compile("-\\d+$");

  private final String module;

  Service(String module) {
    this.module = module;
  }

  static Optional<Service> named(String name) {
    return Stream.of(values()).filter(service -> service.id().equals(name)).findFirst();
  }

  /// Of a part: `order-2` is an order-service.
  static Service of(String part) {
    return named(FURTHER.matcher(part).replaceFirst(""))
        .orElseThrow(() -> new IllegalArgumentException(part + " is no service"));
  }

  /// All but the simulation own a database.
  static Stream<Service> withDatabase() {
    return Stream.of(values()).filter(Service::hasDatabase);
  }

  /// Is it the second of some service, or the third?
  static boolean isFurther(String part) {
    return FURTHER.matcher(part).find();
  }

  boolean isPart(String name) {
    return FURTHER.matcher(name).replaceFirst("").equals(id());
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String module() {
    return module;
  }

  /// Its parts, when there are so many of each service: `order`, `order-2`, … There is one
  /// simulation.
  Stream<String> parts(int instances) {
    return IntStream.rangeClosed(1, hasDatabase() ? instances : 1)
        .mapToObj(number -> number == 1 ? id() : id() + "-" + number);
  }

  /// Where a part of that name listens, if nobody has said otherwise: `order-2` ten ports above
  /// `order`.
  static int port(String part, Ports ports) {
    var dash = part.indexOf('-');
    var number = dash < 0 ? 1 : Integer.parseInt(part.substring(dash + 1));
    return of(part).port(ports) + INSTANCE_STEP * (number - 1);
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
