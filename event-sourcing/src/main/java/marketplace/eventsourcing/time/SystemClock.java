package marketplace.eventsourcing.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The wall clock, which is business time too where nothing is simulated. The only class that asks
/// the system for the time.
public final class SystemClock implements SimulatedTime {
  @Override
  public Moment moment() {
    return new Moment(Instant.now().truncatedTo(ChronoUnit.MILLIS), 0, 1, null);
  }

  @Override
  public boolean ready() {
    return true;
  }

  /// Nobody sets this clock, so there is nothing to tell.
  @Override
  public void onChange(Runnable listener) {}
}
