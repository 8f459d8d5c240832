package marketplace.edge.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A wall clock that stands where it is put.
final class SettableWall implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

  void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
