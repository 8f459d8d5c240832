package marketplace.eventsourcing.handling;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import marketplace.eventsourcing.sample.Kitchen;
import marketplace.eventsourcing.sample.Pot;
import marketplace.eventsourcing.sample.SteppedTime;
import marketplace.eventsourcing.store.JdbcEventStore;
import marketplace.eventsourcing.tracing.Tracing;

/// How many commands a second the handler decides and stores, with event, view, deadline and
/// answer: `HandlerBenchmark [commands] [callers]`. Half of them open a pot, half take from it.
final class HandlerBenchmark {
  private HandlerBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    var commands = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    var callers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 256;
    var kitchen = new Kitchen();
    var clock = new SteppedTime();
    var meters = new SimpleMeterRegistry();
    var handler =
        new CommandHandler(
            new JdbcEventStore(kitchen.dataSource(), List.of(Pot.AGGREGATE)),
            List.of(Pot.AGGREGATE),
            List.of(Pot.INBOUND),
            clock,
            clock,
            HandlerSettings.of("kitchen", "UNKNOWN_POT", Set.of()),
            Pot.JSON,
            meters,
            Tracing.OFF);
    handler.start();
    for (var round = 1; round <= 4; round++) run(handler, commands, callers, meters);
    handler.stop();
    System.exit(0);
  }

  private static void run(
      CommandHandler handler, int commands, int callers, SimpleMeterRegistry meters)
      throws Exception {
    var next = new AtomicInteger();
    var micros = new long[commands];
    var boilsAt = Instant.parse("2027-01-01T00:00:00Z");
    var before = meters.get("marketplace.batch.members").summary().count();
    var begin = System.nanoTime();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var caller = 0; caller < callers; caller++) {
        var _ =
            pool.submit(() -> {
              for (var pair = next.getAndAdd(2); pair < commands; pair = next.getAndAdd(2)) {
                var pot = UUID.randomUUID();
                micros[pair] = time(handler, pot, new Pot.Command.Fill(9, boilsAt));
                micros[pair + 1] = time(handler, pot, new Pot.Command.Take(1));
              }
              return true;
            });
      }
    }
    var seconds = (System.nanoTime() - begin) / 1e9;
    var batches = meters.get("marketplace.batch.members").summary().count() - before;
    Arrays.sort(micros);
    System.out.printf(
        "%d callers: %.0f/s, p50 %.1f ms, p99 %.1f ms, %.1f members a batch%n",
        callers,
        commands / seconds,
        micros[commands / 2] / 1e3,
        micros[commands * 99 / 100] / 1e3,
        (double) commands / batches);
  }

  private static long time(CommandHandler handler, UUID pot, Pot.Command command) {
    var begin = System.nanoTime();
    handler.handle(Pot.ask(pot, command, UUID.randomUUID().toString(), null));
    return (System.nanoTime() - begin) / 1_000;
  }
}
