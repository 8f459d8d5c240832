package marketplace.eventsourcing.relay;

import io.debezium.connector.base.QueueProvider;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The queue between Debezium's reader of the log and the relay. Debezium waits whole milliseconds
/// for it and spins through what is left of its interval, a tenth of a processor for nothing at
/// all; as it asks for the size each time round, it is made to rest there.
///
/// Both sides come with one lock in hand; only metrics look at the size without it.
public final class RestingQueue<T> implements QueueProvider<T> {
  static final String NAME = "resting";
  private static final long REST_NANOS = 200_000;

  private final Queue<T> events = new ArrayDeque<>();
  private volatile @Nullable Thread writer;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void configure(Map<String, ?> properties) {
    // It grows with what is in it.
  }

  @Override
  public void enqueue(T event) {
    writer = Thread.currentThread();
    events.add(event);
  }

  @Override
  public @Nullable T poll() {
    return events.poll();
  }

  /// Whoever writes is not kept from it.
  @Override
  public int size() {
    if (events.isEmpty() && !Thread.currentThread().equals(writer)) {
      LockSupport.parkNanos(REST_NANOS);
    }
    return events.size();
  }
}
