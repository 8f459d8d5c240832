package marketplace.eventsourcing.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for what other threads bring about.
public final class Patience {
  private static final Duration MAX = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private Patience() {}

  public static void until(String what, Callable<Boolean> condition) throws Exception {
    var end = System.nanoTime() + MAX.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited %s until %s", MAX, what).isLessThan(end);
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
