package marketplace.launcher;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Where the parts listen. `MARKET_PORT` moves the whole block, so that two copies can run beside
/// each other; its first port is left free for the one front door.
///
/// Used before anything is built, so it may use the JDK only.
record Ports(int first) {
  static final String VARIABLE = "MARKET_PORT";
  static final int FIRST = 8080;

  /// Preferred; another one is taken when it is not free.
  static final int POSTGRES = 5433;

  private static final int KAFKA_OFFSET = 1012;
  private static final int MAIL_OFFSET = 1014;
  private static final int FIRST_MIN = 1024;
  private static final int FIRST_MAX = 64_000;

  /// Where a free block is looked for, and how far apart.
  private static final int FIRST_FREE = 18_080;

  private static final int FREE_STEP = 40;

  Ports {
    if (first < FIRST_MIN || first > FIRST_MAX) {
      throw new IllegalArgumentException(
          "%s must be between %d and %d, was %d".formatted(VARIABLE, FIRST_MIN, FIRST_MAX, first));
    }
  }

  static Ports from(Map<String, String> environment) {
    var value = environment.getOrDefault(VARIABLE, "").strip();
    if (value.isEmpty()) {
      return new Ports(FIRST);
    }
    try {
      return new Ports(Integer.parseInt(value));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be a number, was %s".formatted(VARIABLE, value), e);
    }
  }

  int order() {
    return first + 1;
  }

  int seller() {
    return first + 2;
  }

  int refund() {
    return first + 3;
  }

  int dispute() {
    return first + 4;
  }

  int simulation() {
    return first + 5;
  }

  int kafka() {
    return first + KAFKA_OFFSET;
  }

  /// Where the simulation takes in what the services send by mail.
  int mail() {
    return first + MAIL_OFFSET;
  }

  /// A block of which nothing is taken.
  static Ports free() {
    return IntStream.iterate(FIRST_FREE, first -> first < FIRST_MAX, first -> first + FREE_STEP)
        .mapToObj(Ports::new)
        .filter(ports -> Preflight.takenPort(ports, ports.outer()).isEmpty())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no block of ports is free"));
  }

  /// Those that others know by number: they are never moved in silence.
  List<Integer> outer() {
    return List.of(order(), seller(), refund(), dispute(), simulation(), kafka(), mail());
  }
}
