package marketplace.eventsourcing.handling;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// What can be watched of the command handler.
final class Meters {
  private final DistributionSummary batches;
  private final Counter races;
  private final Counter faults;
  private final Map<Result.Handling, Counter> facts = new EnumMap<>(Result.Handling.class);

  Meters(MeterRegistry registry, Queues queues) {
    batches =
        DistributionSummary.builder("marketplace.batch.members")
            .description("members of one transaction")
            .register(registry);
    races =
        Counter.builder("marketplace.batch.races")
            .description("batches in which another instance came first")
            .register(registry);
    faults =
        Counter.builder("marketplace.batch.faults")
            .description("members that could not be decided or written")
            .register(registry);
    for (var how : Result.Handling.values()) {
      facts.put(
          how,
          Counter.builder("marketplace.facts")
              .description("foreign records dealt with")
              .tag("result", how.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    for (var source : Pending.Source.values()) {
      Gauge.builder("marketplace.queue.waiting", queues, all -> all.waiting(source))
          .description("waiting for a decision")
          .tag("source", source.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  void written(int members) {
    batches.record(members);
  }

  void race() {
    races.increment();
  }

  void fault() {
    faults.increment();
  }

  void handled(Result.Handling how) {
    var counter = facts.get(how);
    if (counter != null) counter.increment();
  }
}
