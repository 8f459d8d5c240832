package marketplace.eventsourcing.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A wall clock that stands where it is put.
public final class SettableWall implements InstantSource {
  private volatile Instant now;

  public SettableWall(Instant now) {
    this.now = now;
  }

  public void set(Instant instant) {
    now = instant;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
