package marketplace.eventsourcing.time;

import java.time.Instant;
import java.time.InstantSource;

/// Business time. In production it is the system's clock; in a simulation it follows the harness.
public interface SimulatedTime extends InstantSource {
  /// Now, with all that belongs to it. Read it once where two of its parts are needed: the clock
  /// may be set between two readings.
  ///
  /// @throws UnknownTimeException while the clock is not `ready`
  Moment moment();

  /// Does it know what time it is?
  boolean ready();

  /// Calls back after each change of the clock, on the thread that made it: be quick.
  void onChange(Runnable listener);

  @Override
  default Instant instant() {
    return moment().instant();
  }

  @Override
  default long millis() {
    return instant().toEpochMilli();
  }
}
