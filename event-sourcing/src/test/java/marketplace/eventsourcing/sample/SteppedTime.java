package marketplace.eventsourcing.sample;

import java.time.Duration;
import java.time.Instant;
import marketplace.eventsourcing.ClockRecord;
import marketplace.eventsourcing.time.Moment;
import marketplace.eventsourcing.time.SimulatedTime;
import org.jspecify.annotations.Nullable;

/// Stands where a test puts it. Business and wall time in one, which is enough for most tests.
public final class SteppedTime implements SimulatedTime {
  public static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");

  private volatile Moment moment = new Moment(MONDAY, 1, 0, null);

  public void pass(Duration duration) {
    moment = new Moment(moment.instant().plus(duration), moment.epoch(), 0, moment.deadlinesUpTo());
  }

  /// Null lifts the bound.
  public void bound(ClockRecord.@Nullable Bound bound) {
    moment = new Moment(moment.instant(), moment.epoch(), 0, bound);
  }

  @Override
  public Moment moment() {
    return moment;
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void onChange(Runnable listener) {}
}
