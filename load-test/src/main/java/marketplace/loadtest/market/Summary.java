package marketplace.loadtest.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import marketplace.contracts.ContractJson;
import org.jspecify.annotations.Nullable;

/// What came of a load; its JSON form is what `load-summary.schema.json` says.
///
/// @param version of that form
/// @param startedAt wall time
/// @param operations commands and views by `operationId`
/// @param lives how many orders have come to the end of which life
/// @param toFinalEvent from a command's intended start until the last event that follows from it,
///   but for what deadlines do, has been read from Kafka
/// @param settledAfterSeconds how long the services needed afterwards until nothing was on its way;
///   null where they had not done it when nobody waited any longer
/// @param report Gatling's, or null where none was asked for
record Summary(
    int version,
    String profile,
    String mix,
    double ratePerSecond,
    int seconds,
    long seed,
    Instant startedAt,
    Calls commands,
    Calls views,
    SortedMap<String, Calls> operations,
    SortedMap<String, Integer> lives,
    Travel toFinalEvent,
    Relay relay,
    Consumers consumers,
    Deadlines deadlines,
    Generator generator,
    SortedMap<String, Service> services,
    @Nullable Double settledAfterSeconds,
    Invariants invariants,
    @Nullable String report) {

  static final int VERSION = 1;

  private static final ObjectMapper JSON = ContractJson.mapper();

  /// @param refused 4xx: most often a service that has not yet heard of the step before
  /// @param failed 5xx, or no answer
  /// @param perSecond answered, however
  record Calls(
      int answered, int accepted, int refused, int failed, double perSecond, Millis latency) {}

  /// Milliseconds; 0 where there was nothing to measure.
  record Millis(long count, double p50, double p95, double p99, double p999, double max) {}

  /// @param missing commands of which no event was found
  record Travel(int missing, Millis millis) {}

  /// @param millis from the commit until the event was read from Kafka
  record Relay(Millis millis, long unpublishedMax) {}

  record Consumers(long lagMax) {}

  /// @param millis wall time from the instant of a deadline until it was decided
  record Deadlines(Millis millis, long dueMax) {}

  /// @param millis by which calls left later than they were meant to
  record Generator(Millis millis) {}

  /// @param processorMean share of all processors that the service's process took
  record Service(
      long unpublishedMax,
      long consumerLagMax,
      long waitingMax,
      long deadlinesDueMax,
      double processorMean) {}

  /// @param checked how many invariants were asked for
  record Invariants(boolean held, int checked, List<String> broken) {}

  boolean isGood() {
    return invariants.held() && commands.failed() == 0 && settledAfterSeconds != null;
  }

  /// All that matters most.
  String line() {
    var calls = commands.answered() > 0 ? commands : views;
    return ("%s %s %.0f/s for %d s: %d %s at %.1f/s (%d refused, %d failed), p50 %.0f ms, p99 %.0f"
            + " ms, p99.9 %.0f ms; to the final event p50 %.0f ms, p99 %.0f ms; relay p99 %.0f ms;"
            + " consumers at most %d behind; deadlines p99 %.0f ms late; %s; invariants %s")
        .formatted(
            mix,
            profile,
            ratePerSecond,
            seconds,
            calls.answered(),
            commands.answered() > 0 ? "commands" : "views",
            calls.perSecond(),
            calls.refused(),
            calls.failed(),
            calls.latency().p50(),
            calls.latency().p99(),
            calls.latency().p999(),
            toFinalEvent.millis().p50(),
            toFinalEvent.millis().p99(),
            relay.millis().p99(),
            consumers.lagMax(),
            deadlines.millis().p99(),
            settledAfterSeconds == null
                ? "NOT SETTLED"
                : "settled after %.1f s".formatted(settledAfterSeconds),
            invariants.held() ? "held" : "BROKEN: " + String.join("; ", invariants.broken()));
  }

  String json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, json() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /// @throws IllegalArgumentException for a file that is none
  static Summary read(Path file) {
    try {
      return JSON.readValue(file.toFile(), Summary.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("no summary of a load: " + file, e);
    }
  }
}
