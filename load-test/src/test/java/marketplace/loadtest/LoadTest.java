package marketplace.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import marketplace.loadtest.Load.Caller;
import org.junit.jupiter.api.Test;

class LoadTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  private Caller caller(Duration takes) {
    return new Caller() {
      @Override
      public boolean call(int number) {
        calls.incrementAndGet();
        var end = System.nanoTime() + takes.toNanos();
        while (System.nanoTime() < end) LockSupport.parkNanos(end - System.nanoTime());
        return true;
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  @Test
  void an_open_model_makes_its_calls_however_slow_the_answers_are() throws Exception {
    var result = Load.open(100, 4, Duration.ofSeconds(1), () -> caller(Duration.ofMillis(1)));
    assertThat(result.count()).isEqualTo(100).isEqualTo(calls.get());
    assertThat(closed).hasValue(4);
  }

  @Test
  void an_open_model_counts_the_waiting_for_a_free_caller() throws Exception {
    var result = Load.open(100, 1, Duration.ofMillis(500), () -> caller(Duration.ofMillis(20)));
    // Each call takes twice the time that there is for it: the last one of 50 waits for half a
    // second.
    assertThat(result.millis(0)).isGreaterThanOrEqualTo(20);
    assertThat(result.millis(1)).isGreaterThanOrEqualTo(490);
  }

  @Test
  void a_closed_model_ends_when_a_caller_has_nothing_left_to_do() throws Exception {
    var left = new AtomicInteger(10);
    var result =
        Load.closed(
            2,
            Duration.ofMinutes(1),
            () ->
                new Caller() {
                  @Override
                  public boolean call(int number) {
                    return left.getAndDecrement() > 0;
                  }

                  @Override
                  public void close() {
                    closed.incrementAndGet();
                  }
                });
    assertThat(result.count()).isEqualTo(10);
    assertThat(closed).hasValue(2);
  }

  @Test
  void percentiles_are_those_of_the_sorted_calls() {
    var nanos = new long[] {1_000_000, 2_000_000, 3_000_000, 4_000_000};
    var result = new Load.Result(nanos, 2);
    assertThat(result.rate()).isEqualTo(2);
    assertThat(result.millis(0.5)).isEqualTo(3);
    assertThat(result.millis(0.999)).isEqualTo(4);
  }
}
