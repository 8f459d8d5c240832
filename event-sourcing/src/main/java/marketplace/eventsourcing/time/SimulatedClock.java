package marketplace.eventsourcing.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import marketplace.eventsourcing.ClockRecord;
import org.jspecify.annotations.Nullable;

/// Follows the clock records of the harness. Time never goes back: where a new record is behind
/// what was shown already, the clock holds still until the record has caught up.
public final class SimulatedClock implements SimulatedTime {
  private final InstantSource wall;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong latestShown = new AtomicLong(Long.MIN_VALUE);
  private volatile @Nullable ClockRecord inForce;

  public SimulatedClock(InstantSource wall) {
    this.wall = wall;
  }

  /// Follows this record from now on, unless it is older than the one in force.
  ///
  /// @return does it count?
  public boolean apply(ClockRecord record) {
    synchronized (this) {
      var current = inForce;
      if (current != null && record.epoch() <= current.epoch()) return false;
      inForce = record;
    }
    listeners.forEach(Runnable::run);
    return true;
  }

  @Override
  public Moment moment() {
    while (true) {
      var current = inForce;
      if (current == null) throw new UnknownTimeException();
      var millis = current.simulatedAt(wall.instant()).toEpochMilli();
      var shown = latestShown.accumulateAndGet(millis, Math::max);
      // With a record that came meanwhile, `shown` may be its time, and must not go out with the
      // bound of the old one.
      if (current.equals(inForce)) {
        return new Moment(
            Instant.ofEpochMilli(shown), current.epoch(), current.rate(), current.deadlinesUpTo());
      }
    }
  }

  @Override
  public boolean ready() {
    return inForce != null;
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }
}
