package marketplace.loadtest.market;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/// What the calls are about: lives by their weights, and how often a view is read in between.
///
/// @param lives none where there are only readers
/// @param viewsPerCommand how many of a hundred commands are followed by somebody who looks
record Mix(String name, Map<Life, Integer> lives, int viewsPerCommand) {
  private static final int VIEWS = 25;

  /// Of a hundred orders. A guess at a market in which more than usual goes wrong, so that every
  /// path is walked often.
  private static final Map<Life, Integer> LIFECYCLE =
      Map.of(
          Life.SOLD, 40,
          Life.APPROVED, 15,
          Life.DECLINED, 6,
          Life.DISPUTED, 5,
          Life.OFFERED, 8,
          Life.SILENT, 10,
          Life.OVERTAKEN, 4,
          Life.WITHDRAWN, 3,
          Life.NOT_RECEIVED, 4,
          Life.UNPAID, 5);

  Mix {
    lives = new EnumMap<>(lives.isEmpty() ? Map.of(Life.PLACED, 0) : lives);
  }

  /// @param text the name of a mix, or lives with weights of their own: `approved=3,silent=1`
  static Mix of(String text) {
    return switch (text) {
      case "lifecycle" -> new Mix(text, LIFECYCLE, VIEWS);
      case "place-order" -> new Mix(text, Map.of(Life.PLACED, 1), 0);
      case "request-cancellation" -> new Mix(text, Map.of(Life.ASKED, 1), 0);
      case "reads" -> new Mix(text, Map.of(), 100);
      default -> weighed(text);
    };
  }

  private static Mix weighed(String text) {
    Map<Life, Integer> lives = new EnumMap<>(Life.class);
    for (var part : text.split(",", -1)) {
      var pair = part.split("=", -1);
      if (pair.length != 2 || !pair[1].matches("[1-9]\\d{0,5}")) {
        throw new IllegalArgumentException(
            "mix must be lifecycle, place-order, request-cancellation, reads or lives with weights"
                + " such as approved=3,silent=1; was "
                + text);
      }
      lives.put(Life.named(pair[0]), Integer.valueOf(pair[1]));
    }
    return new Mix(text, lives, VIEWS);
  }

  boolean onlyReads() {
    return weight() == 0;
  }

  Life draw(SplittableRandom random) {
    var dice = random.nextInt(weight());
    for (var entry : lives.entrySet()) {
      dice -= entry.getValue();
      if (dice < 0) return entry.getKey();
    }
    throw new IllegalStateException("weights do not add up to " + weight());
  }

  /// Commands of an order, on average.
  double commandsPerOrder() {
    var commands = 0;
    for (var entry : lives.entrySet()) commands += entry.getKey().steps().size() * entry.getValue();
    return onlyReads() ? 0 : (double) commands / weight();
  }

  private int weight() {
    return lives.values().stream().mapToInt(Integer::intValue).sum();
  }
}
