package marketplace.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process that was started, as the next `./market` finds it again.
///
/// A process id alone does not name a process: the system gives it to another one later. Together
/// with the time of the start it does.
record RunningPart(String name, long pid, long startedAtMillis, int port) {
  static final String POSTGRES = "postgres";
  static final String KAFKA = "kafka";

  static RunningPart of(String name, long pid, int port) {
    return new RunningPart(name, pid, startedAtMillis(ProcessHandle.of(pid)), port);
  }

  private static long startedAtMillis(Optional<ProcessHandle> process) {
    return process
        .flatMap(found -> found.info().startInstant())
        .map(Instant::toEpochMilli)
        .orElse(0L);
  }

  /// Its process, if it still lives. A killed process that nobody has waited for has a number but
  /// no command.
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(found -> found.info().command().isPresent())
        .filter(found -> startedAtMillis(Optional.of(found)) == startedAtMillis);
  }

  boolean alive() {
    return process().isPresent();
  }

  /// Waits for the end of the process, but no longer than this.
  void awaitEnd(Duration max) {
    var end = System.nanoTime() + max.toNanos();
    while (alive() && System.nanoTime() < end) {
      pause();
    }
  }

  /// A tenth of a second, or less if the process ends.
  void pause() {
    var process = process();
    if (process.isEmpty()) {
      return;
    }
    try {
      process.get().onExit().get(100, TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return; // it lives: that was the pause
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
