package marketplace.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Stops the parts in the order in which they need each other, within ten seconds.
final class Stopper {
  private static final Duration FREEZE_MAX = Duration.ofMillis(1_500);
  private static final Duration STEP_MAX = Duration.ofMillis(1_800);

  /// Who asks the simulation to hold the clock: always the same, so that its log reads well.
  private static final String ACTOR = "00000000-0000-4000-8000-00000000beef";

  private final Layout layout;
  private final StateFile stateFile;
  private final Screen screen;

  Stopper(Layout layout, StateFile stateFile, Screen screen) {
    this.layout = layout;
    this.stateFile = stateFile;
    this.screen = screen;
  }

  void stopAll() {
    var begin = System.nanoTime();
    var running = stateFile.read().alive();
    if (!running.isEmpty()) {
      freezeClock(running);
      stop(named(running, List.of(Service.SIMULATION.id())));
      stop(
          running.stream()
              .filter(part -> Service.withDatabase().anyMatch(service -> isOf(service, part)))
              .toList());
      stop(named(running, List.of(RunningPart.KAFKA)));
      stop(named(running, List.of(RunningPart.POSTGRES)));
      var seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
      screen.line(
          String.format(
              Locale.ROOT,
              "market stopped in %.1f s. Kept: %s; remove it with ./market reset",
              seconds,
              layout.shown(layout.kept())));
    }
    stateFile.forget();
  }

  /// No order, no waiting: the second Ctrl-C.
  void killAll() {
    stateFile.read().parts().forEach(Signals::kill);
    stateFile.forget();
  }

  private static List<RunningPart> named(List<RunningPart> parts, List<String> names) {
    return parts.stream().filter(part -> names.contains(part.name())).toList();
  }

  private static boolean isOf(Service service, RunningPart part) {
    return part.name().equals(service.id()) || part.name().startsWith(service.id() + "-");
  }

  private static void stop(List<RunningPart> parts) {
    var end = System.nanoTime() + STEP_MAX.toNanos();
    parts.forEach(Signals::resume);
    parts.forEach(Signals::askToEnd);
    for (var part : parts) {
      part.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      Signals.kill(part);
    }
  }

  /// So that nothing falls due between the stop of the first part and the last. If the simulation
  /// does not answer, that is no obstacle: simulated time stands still without it too.
  private static void freezeClock(List<RunningPart> running) {
    for (var simulation : named(running, List.of(Service.SIMULATION.id()))) {
      var request =
          HttpRequest.newBuilder(URI.create(Addresses.http(simulation.port()) + "/v1/clock"))
              .timeout(FREEZE_MAX)
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", UUID.randomUUID().toString())
              .header("X-Role", "SIMULATION")
              .header("X-Actor-Id", ACTOR)
              .POST(HttpRequest.BodyPublishers.ofString("{\"frozen\":true}"))
              .build();
      try (var client = HttpClient.newBuilder().connectTimeout(FREEZE_MAX).build()) {
        client.send(request, HttpResponse.BodyHandlers.discarding());
      } catch (IOException _) {
        return; // as said
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
