package marketplace.loadtest.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import marketplace.simulation.journal.Published;
import marketplace.simulation.run.Expected;

/// All that markets in memory tell while orders live in them by a mix: as the services would, event
/// for event, without them.
///
/// @param events in the order of their times, and those of each stream in theirs
/// @param expected the right answers to the questions about them, from what the deciders stored
record EventStream(List<Published> events, Expected expected) {
  /// No other seed has any of these.
  private static final long MARKETS_OF_A_SEED = 1_000_000;

  /// They are held in memory; a kilobyte each.
  static final int EVENTS_MAX = 200_000;

  EventStream {
    events = List.copyOf(events);
  }

  /// At least so many events, and whole lives only. The same on every machine: a market too many is
  /// forgotten.
  static EventStream of(Mix mix, long seed, long eventsMin) {
    if (mix.onlyReads()) throw new IllegalArgumentException("readers leave no events");
    if (eventsMin > EVENTS_MAX) {
      throw new IllegalArgumentException(
          "at most %d events can be told at once, wanted were %d".formatted(EVENTS_MAX, eventsMin));
    }
    var together = Runtime.getRuntime().availableProcessors();
    List<Published> all = new ArrayList<>();
    var expected = new Expected.Reader(LivingMarket.START, LivingMarket.END);
    for (var first = 0; all.size() < eventsMin; first += together) {
      var markets =
          IntStream.range(first, first + together)
              .parallel()
              .mapToObj(number -> new LivingMarket(mix, seed * MARKETS_OF_A_SEED + number).live())
              .toList();
      for (var lived : markets) {
        if (all.size() >= eventsMin) break;
        all.addAll(lived.told());
        lived.stored().forEach(expected::readOrder);
      }
    }
    // Stable: what was told at one instant stays in the order in which it was told.
    all.sort(Comparator.comparing(event -> event.envelope().time()));
    return new EventStream(all, expected.answers());
  }
}
