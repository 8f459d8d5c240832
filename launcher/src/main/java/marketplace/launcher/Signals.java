package marketplace.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What can be said to a part from outside. A part is its process with all that hang on it:
/// PostgreSQL has a process for each of its clients.
final class Signals {
  private Signals() {}

  /// All its processes at once: the others would still finish what they are at.
  static void kill(RunningPart part) {
    part.process()
        .ifPresent(process ->
            Stream.concat(Stream.of(process), process.descendants())
                .toList()
                .forEach(ProcessHandle::destroyForcibly));
  }

  /// They stay where they are, with their connections open, and answer nobody.
  static void pause(RunningPart part) {
    toAll("STOP", part);
  }

  static void resume(RunningPart part) {
    toAll("CONT", part);
  }

  /// To the one first that the others hang on, so that no more of them come.
  private static void toAll(String signal, RunningPart part) {
    for (var process : part.process().stream().toList()) {
      send(signal, List.of(process));
      send(signal, process.descendants().toList());
    }
  }

  /// Asks it to end, and lets it put away what it has at hand.
  static void askToEnd(RunningPart part) {
    if (part.name().equals(RunningPart.POSTGRES)) {
      // On SIGTERM it would wait for its last client to leave.
      send("INT", part.process().stream().toList());
    } else {
      part.process().ifPresent(ProcessHandle::destroy);
    }
  }

  private static void send(String signal, List<ProcessHandle> processes) {
    if (processes.isEmpty()) {
      return;
    }
    var command = new ArrayList<>(List.of("kill", "-" + signal));
    processes.forEach(process -> command.add(String.valueOf(process.pid())));
    try {
      // One that has just ended is complained of.
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("cannot send a signal", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
