package marketplace.testkit.broken;

import java.time.Instant;

/// Breaks the rule about time, so that its test can see it caught.
class ReadsWallTime {
  Instant when() {
    return Instant.now();
  }
}
