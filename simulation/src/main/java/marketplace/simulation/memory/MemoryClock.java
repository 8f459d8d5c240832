package marketplace.simulation.memory;

import java.time.Instant;
import marketplace.eventsourcing.time.Moment;
import marketplace.eventsourcing.time.SimulatedTime;

/// A clock that stands still until it is told to go on. It serves as wall time too.
final class MemoryClock implements SimulatedTime {
  private Instant now;

  MemoryClock(Instant start) {
    this.now = start;
  }

  void goTo(Instant later) {
    if (later.isBefore(now)) {
      throw new IllegalArgumentException("time never goes back: it is " + now + ", not " + later);
    }
    now = later;
  }

  @Override
  public Moment moment() {
    return new Moment(now, 1, 0, null);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public boolean ready() {
    return true;
  }

  /// Whoever moves this clock knows it.
  @Override
  public void onChange(Runnable listener) {}
}
