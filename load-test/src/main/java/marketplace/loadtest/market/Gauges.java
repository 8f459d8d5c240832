package marketplace.loadtest.market;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// Looks at what the services say of themselves every now and then, and keeps the worst.
final class Gauges implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Target target;
  private final Map<String, Worst> worst = new HashMap<>();
  private final Thread thread = Thread.ofVirtual().name("gauges").unstarted(this::run);

  Gauges(Target target) {
    this.target = target;
    target.names().forEach(name -> worst.put(name, new Worst()));
    thread.start();
  }

  private static final class Worst {
    private long unpublished;
    private long consumerLag;
    private long waiting;
    private long deadlinesDue;
    private double processor;
    private int looks;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(LOOK_EVERY);
        for (var name : target.names()) {
          target.metrics(name).ifPresent(text -> look(name, text));
        }
      }
    } catch (InterruptedException | IllegalStateException _) {
      // Enough was seen.
    }
  }

  private synchronized void look(String service, String text) {
    var it = worst.get(service);
    if (it == null) return;
    it.unpublished = Math.max(it.unpublished, (long) sum(text, "marketplace_relay_unpublished"));
    it.consumerLag = Math.max(it.consumerLag, (long) sum(text, "marketplace_consumer_lag"));
    it.waiting = Math.max(it.waiting, (long) sum(text, "marketplace_queue_waiting"));
    it.deadlinesDue = Math.max(it.deadlinesDue, (long) sum(text, "marketplace_deadlines_due"));
    it.processor += sum(text, "process_cpu_usage");
    it.looks++;
  }

  /// Over all labels of a metric in the text form of Prometheus.
  static double sum(String text, String metric) {
    return text.lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .filter(Double::isFinite)
        .sum();
  }

  synchronized SortedMap<String, Summary.Service> services() {
    SortedMap<String, Summary.Service> all = new TreeMap<>();
    worst.forEach((name, it) ->
        all.put(
            name,
            new Summary.Service(
                it.unpublished,
                it.consumerLag,
                it.waiting,
                it.deadlinesDue,
                it.looks == 0 ? 0 : it.processor / it.looks)));
    return all;
  }

  static long max(Map<String, Summary.Service> services, ToLongFunction<Summary.Service> figure) {
    return services.values().stream().mapToLong(figure).max().orElse(0);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
