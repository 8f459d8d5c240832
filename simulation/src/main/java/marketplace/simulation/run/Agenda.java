package marketplace.simulation.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/// What people have in mind to do, and when. What comes out of it does not depend on the order in
/// which it was put in, so that those who put it in may do so at the same time.
final class Agenda {
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparing(Entry::at)
              .thenComparingInt(Entry::order)
              .thenComparingInt(Entry::number));
  private final Map<Integer, Integer> numbers = new HashMap<>();

  private final Set<Integer> busy = new HashSet<>();

  /// @param number counts those of one order
  private record Entry(Instant at, int order, int number, Runnable act) {}

  /// What somebody does about an order.
  record Act(int order, Runnable what) {}

  synchronized void add(Instant at, int order, Runnable act) {
    entries.add(new Entry(at, order, numbers.merge(order, 1, Integer::sum), act));
  }

  synchronized Optional<Instant> next() {
    return Optional.ofNullable(entries.peek()).map(Entry::at);
  }

  /// Takes what is to be done by this instant, one act for each order: a second one waits until the
  /// first is over.
  synchronized List<Act> take(Instant at) {
    List<Act> round = new ArrayList<>();
    List<Entry> later = new ArrayList<>();
    while (!entries.isEmpty() && !entries.peek().at().isAfter(at)) {
      var entry = entries.remove();
      if (busy.add(entry.order())) round.add(new Act(entry.order(), entry.act()));
      else later.add(entry);
    }
    entries.addAll(later);
    return round;
  }

  synchronized void over(Act act) {
    busy.remove(act.order());
  }
}
