package marketplace.eventsourcing.time;

import java.time.Instant;
import marketplace.eventsourcing.ClockRecord;
import org.jspecify.annotations.Nullable;

/// One reading of the clock.
///
/// @param instant simulated, whole milliseconds
/// @param epoch of the clock record in force, 0 in production
/// @param rate simulated per real second
/// @param deadlinesUpTo null while all due deadlines may fire
public record Moment(
    Instant instant, long epoch, long rate, ClockRecord.@Nullable Bound deadlinesUpTo) {}
