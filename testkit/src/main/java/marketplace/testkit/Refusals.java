package marketplace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.Assumptions;

/// The codes of all refusals that the HTTP tests of this run have met. A file carries them from the
/// class loader of those tests to that of the test which asks whether one was forgotten.
public final class Refusals {
  private static final Path FILE = Path.of("target", "refusals-" + thisProcess() + ".txt");
  private static final Set<String> NOTED = ConcurrentHashMap.newKeySet();

  /// What any service may answer to any call.
  private static final List<String> GENERAL =
      List.of(
          "MALFORMED",
          "UNAUTHENTICATED",
          "FORBIDDEN",
          "NOT_FOUND",
          "METHOD_NOT_ALLOWED",
          "VERSION_MISMATCH",
          "UNSUPPORTED_MEDIA_TYPE",
          "INVALID",
          "IDEMPOTENCY_KEY_MISSING",
          "IDEMPOTENCY_KEY_REUSED");

  private Refusals() {}

  /// Its number alone may have been another's, whose file still lies there.
  private static String thisProcess() {
    var process = ProcessHandle.current();
    var start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return process.pid() + "-" + start;
  }

  static void note(String code) {
    if (!NOTED.add(code)) return;
    try {
      Files.writeString(FILE, code + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// For a test without Quarkus, which runs behind those with it; asks nothing where it runs alone.
  ///
  /// @param own codes that the service has beside the general ones
  public static void assertAllWereProvoked(String... own) {
    Assumptions.assumeThat(FILE).as("HTTP tests have run before").exists();
    Set<String> missing = new TreeSet<>(GENERAL);
    missing.addAll(List.of(own));
    missing.removeAll(provoked());
    Assertions.assertThat(missing).as("refusals that no HTTP test provokes").isEmpty();
  }

  private static Set<String> provoked() {
    try {
      return new HashSet<>(Files.readAllLines(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
