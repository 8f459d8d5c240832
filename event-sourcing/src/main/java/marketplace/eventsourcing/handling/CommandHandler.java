package marketplace.eventsourcing.handling;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.store.EventStore;
import marketplace.eventsourcing.time.SimulatedTime;

/// The only way in: whatever asks for a decision waits here, and is decided in batches.
public final class CommandHandler {
  public CommandHandler(
      EventStore store,
      List<Aggregate<?, ?, ?, ?>> aggregates,
      List<Inbound<?>> inbound,
      SimulatedTime clock,
      HandlerSettings settings,
      ObjectMapper json,
      MeterRegistry meters) {}

  public void start() {}

  /// Lets the open batches end. Whoever still waits gets a `StoreUnavailableException`.
  public void stop() {}

  /// Waits until the answer is durable.
  ///
  /// @throws QueueFullException where too many are waiting
  /// @throws marketplace.eventsourcing.store.ConcurrentAppendException after too many lost races
  /// @throws marketplace.eventsourcing.store.StoreUnavailableException where the database is away
  public RenderedAnswer handle(CommandRequest<?, ?, ?, ?> request) {
    return CompletableFuture.<RenderedAnswer>failedFuture(new IllegalStateException()).join();
  }

  /// Waits for room; the result is complete when the record is durably dealt with: applied,
  /// refused, found to be a repetition, or set aside. Records of one partition must be handed over
  /// in their order.
  public CompletableFuture<Void> accept(Delivery delivery) {
    return CompletableFuture.failedFuture(new IllegalStateException());
  }

  /// Waits for room; applies the deadlines of a stream that the clock's bound admits. `Bound.id` is
  /// compared with the id of the stream, without its category.
  public CompletableFuture<Void> wake(StreamId stream) {
    return CompletableFuture.failedFuture(new IllegalStateException());
  }

  /// Looks again at what is parked; to be called each second of wall time.
  ///
  /// @param readPast has every topic been read up to this wall time at its producer, or to its end?
  ///   Only then may a record that waits for too long be refused
  public CompletableFuture<Void> retryParked(Predicate<Instant> readPast) {
    return CompletableFuture.failedFuture(new IllegalStateException());
  }
}
