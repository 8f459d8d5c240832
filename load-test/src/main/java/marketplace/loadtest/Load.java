package marketplace.loadtest;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/// Many callers at once, closed (each calls again when he is answered) or open (calls come at their
/// time, whether the ones before are answered or not, and wait from then on).
final class Load {
  private static final double NANOS = 1e9;

  private Load() {}

  /// What one caller does again and again over what he has for himself; answers false when there is
  /// nothing left to do.
  interface Caller extends AutoCloseable {
    boolean call(int number) throws Exception;

    @Override
    void close() throws IOException, SQLException;

    /// @param held for the calls, and closed with the caller
    static Caller of(Call call, Closeable held) {
      return new Caller() {
        @Override
        public boolean call(int number) throws Exception {
          return call.make(number);
        }

        @Override
        public void close() throws IOException {
          held.close();
        }
      };
    }
  }

  interface Call {
    boolean make(int number) throws Exception;
  }

  interface Callers {
    Caller next() throws Exception;
  }

  /// How long each call took, and all of them together.
  static final class Result {
    private final long[] latencies;
    private final double seconds;

    /// @param latencies in nanoseconds, sorted
    Result(long[] latencies, double seconds) {
      this.latencies = latencies;
      this.seconds = seconds;
    }

    int count() {
      return latencies.length;
    }

    double seconds() {
      return seconds;
    }

    double rate() {
      return latencies.length / seconds;
    }

    double millis(double share) {
      return latencies.length == 0
          ? Double.NaN
          : latencies[(int) Math.min(latencies.length - 1, latencies.length * share)] / 1e6;
    }

    String percentiles() {
      return "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms"
          .formatted(millis(0.5), millis(0.99), millis(0.999));
    }
  }

  static Result closed(int callers, Duration time, Callers source) throws Exception {
    var end = System.nanoTime() + time.toNanos();
    var number = new AtomicInteger();
    return run(
        callers,
        source,
        caller -> {
          var latencies = new ArrayList<Long>();
          while (true) {
            var begin = System.nanoTime();
            if (begin >= end || !caller.call(number.getAndIncrement())) return latencies;
            latencies.add(System.nanoTime() - begin);
          }
        });
  }

  /// @param callers waiting at once, at most; who finds none free waits longer
  static Result open(double rate, int callers, Duration time, Callers source) throws Exception {
    var calls = (int) (rate * time.toNanos() / NANOS);
    var number = new AtomicInteger();
    var begin = System.nanoTime() + Duration.ofMillis(200).toNanos();
    return run(
        callers,
        source,
        caller -> {
          var latencies = new ArrayList<Long>();
          while (true) {
            var mine = number.getAndIncrement();
            if (mine >= calls) return latencies;
            var due = begin + (long) (mine / rate * NANOS);
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            if (!caller.call(mine)) return latencies;
            latencies.add(System.nanoTime() - due);
          }
        });
  }

  private interface Work {
    List<Long> with(Caller caller) throws Exception;
  }

  private static Result run(int callers, Callers source, Work work) throws Exception {
    var begin = System.nanoTime();
    var latencies = LongStream.builder();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<Future<List<Long>>>();
      for (var i = 0; i < callers; i++) {
        done.add(
            threads.submit(() -> {
              try (var caller = source.next()) {
                return work.with(caller);
              }
            }));
      }
      for (var one : done) one.get().forEach(latencies::add);
    }
    var seconds = (System.nanoTime() - begin) / NANOS;
    var sorted = latencies.build().toArray();
    Arrays.sort(sorted);
    return new Result(sorted, seconds);
  }
}
