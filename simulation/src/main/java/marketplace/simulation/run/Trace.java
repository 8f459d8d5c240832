package marketplace.simulation.run;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A number for each event of a run: little enough to be kept, and enough to say where another run
/// of the same plan differs.
///
/// @param orders by number
/// @param sellers by number
public record Trace(SortedMap<Integer, int[]> orders, SortedMap<Integer, int[]> sellers) {
  Trace() {
    this(new TreeMap<>(), new TreeMap<>());
  }

  static Trace of(Played played) {
    var trace = new Trace();
    var lines = TraceHash.lines(played);
    lines.orders().forEach((order, events) -> trace.orders.put(order, numbers(events)));
    lines.sellers().forEach((seller, events) -> trace.sellers.put(seller, numbers(events)));
    return trace;
  }

  private static int[] numbers(List<String> lines) {
    return lines.stream().mapToInt(String::hashCode).toArray();
  }

  void add(Trace part) {
    orders.putAll(part.orders);
    sellers.putAll(part.sellers);
  }
}
