package marketplace.eventsourcing.handling;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.InstantSource;
import java.util.List;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.EnvelopeReading;
import marketplace.eventsourcing.RenderedAnswer;
import marketplace.eventsourcing.ServiceRules;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.store.EventStore;
import marketplace.eventsourcing.time.SimulatedTime;
import marketplace.eventsourcing.tracing.Tracing;

/// The same decisions as in `CommandHandler` without its threads: each member is decided on the
/// caller's own, in a batch of one. For a world where a schedule says what comes next.
public final class SerialHandler {
  private final BatchRunner runner;

  public SerialHandler(
      EventStore store,
      ServiceRules rules,
      SimulatedTime clock,
      InstantSource wall,
      HandlerSettings settings,
      ObjectMapper json) {
    this.runner =
        new BatchRunner(
            store,
            Rules.of(
                new Aggregates(rules.aggregates()),
                new FactReader(rules.inbound(), clock),
                settings,
                json,
                Tracing.OFF),
            clock,
            wall,
            _ -> {});
  }

  public RenderedAnswer handle(CommandRequest<?, ?, ?, ?> request) {
    return switch (run(new Task.Command(request))) {
      case Result.Answered(var answer) -> answer;
      case Result.Handled _ -> throw new IllegalStateException("a command without an answer");
      case Result.Failed(var cause) -> throw cause;
    };
  }

  /// @param reading of the delivery's envelope: several services read each record
  /// @throws RuntimeException where a rule fails: there is nobody here to try again later
  public void accept(Delivery delivery, EnvelopeReading reading) {
    tell(new Task.Arrival(runner.read(delivery, reading), null));
  }

  /// Applies the deadlines of a stream that have passed.
  public void wake(StreamId stream) {
    tell(new Task.Wake(stream));
  }

  /// Does what an own event asks of other streams afterwards, once.
  public void follow(StoredEvent<?> event) {
    tell(runner.followUps(event));
  }

  private void tell(Task task) {
    if (run(task) instanceof Result.Failed(var cause)) throw cause;
  }

  private Result run(Task task) {
    return runner.run(List.of(task), true).getFirst();
  }
}
