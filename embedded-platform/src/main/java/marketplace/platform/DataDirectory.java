package marketplace.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Who works in a PostgreSQL data directory.
///
/// PostgreSQL refuses to start while the process id in `postmaster.pid` lives, and a killed
/// server's id may live on as a zombie or as somebody else. So the file is removed, but only after
/// it is certain that no process of the old server is left: two servers on one directory would
/// destroy it.
final class DataDirectory {
  private static final Duration LAST_BREATH_MAX = Duration.ofSeconds(20);
  private static final String PID_FILE = "postmaster.pid";
  private static final Path PROC = Path.of("/proc");

  private DataDirectory() {}

  static Optional<Long> postmaster(Path directory) {
    try {
      return Files.readAllLines(directory.resolve(PID_FILE)).stream()
          .findFirst()
          .map(String::strip)
          .map(Long::valueOf);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  static void takeOver(Path directory) throws IOException {
    var postmaster = postmaster(directory);
    // Without /proc nobody can be told to work here: then PostgreSQL's own check has to do.
    if (postmaster.isEmpty() || !Files.isDirectory(PROC)) {
      return;
    }
    var workers = workers(directory);
    if (workers.stream().anyMatch(worker -> worker.pid() == postmaster.get())) {
      throw new IllegalStateException(
          "PostgreSQL is already running on %s (process %d)"
              .formatted(directory, postmaster.get()));
    }
    // The children of a killed server end by themselves as soon as they notice.
    awaitEnd(workers);
    Files.deleteIfExists(directory.resolve(PID_FILE));
  }

  private static List<ProcessHandle> workers(Path directory) throws IOException {
    var real = directory.toRealPath();
    return ProcessHandle.allProcesses().filter(process -> worksIn(real, process)).toList();
  }

  private static boolean worksIn(Path directory, ProcessHandle process) {
    var postgres =
        process.info().command().filter(command -> command.endsWith("/postgres")).isPresent();
    if (!postgres) {
      return false;
    }
    try {
      return PROC.resolve(process.pid() + "/cwd").toRealPath().equals(directory);
    } catch (IOException _) {
      return false;
    }
  }

  private static void awaitEnd(List<ProcessHandle> processes) {
    var ends = processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ends).get(LAST_BREATH_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("processes of a killed PostgreSQL live on: " + processes, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }
}
