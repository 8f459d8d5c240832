package marketplace.eventsourcing.deadline;

import java.time.Duration;

/// How deadlines are polled. All times are wall time.
///
/// @param interval between two looks while nothing is due
/// @param batchMax streams that one look takes
/// @param inFlightMax streams that wait for the handler at once
/// @param lease after which another poller may take a stream that nothing has come of
public record PollerSettings(Duration interval, int batchMax, int inFlightMax, Duration lease) {
  public static final PollerSettings DEFAULT =
      new PollerSettings(Duration.ofMillis(100), 500, 1_500, Duration.ofSeconds(10));
}
