package marketplace.eventsourcing.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A program in a JVM of its own, for a test to kill.
public final class ChildProcess implements AutoCloseable {
  /// On a machine with many others at work, the start alone can take a minute.
  private static final Duration LINE_MAX = Duration.ofMinutes(3);

  /// After a thread dump was asked for.
  private static final Duration LAST_WORDS_MAX = Duration.ofSeconds(2);

  private static final String END = "(the end)";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private ChildProcess(Process process) {
    this.process = process;
    Thread.ofPlatform().daemon().name("child-output").start(this::listen);
  }

  public static ChildProcess start(Class<?> program, List<String> arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Djava.util.logging.config.file="
                    + System.getProperty("java.util.logging.config.file"),
                "-Dorg.jboss.logging.provider=jdk",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(arguments);
    try {
      return new ChildProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    var reader = process.inputReader();
    try {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) lines.add(line);
    } catch (IOException e) {
      // It was killed, and has nothing more to say.
    }
    lines.add(END);
  }

  /// Where the line does not come, tells what the child has said instead and what its threads do.
  public void awaitLine(String wanted) throws InterruptedException {
    var said = new ArrayList<String>();
    for (var line = nextLine(LINE_MAX); line != null; line = nextLine(LINE_MAX)) {
      if (line.equals(wanted)) return;
      said.add(line);
    }
    askForThreads();
    for (var line = nextLine(LAST_WORDS_MAX); line != null; line = nextLine(LAST_WORDS_MAX)) {
      said.add(line);
    }
    throw new AssertionError("never said '%s', but: %s".formatted(wanted, String.join("\n", said)));
  }

  private @Nullable String nextLine(Duration patience) throws InterruptedException {
    var line = lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    return END.equals(line) ? null : line;
  }

  private void askForThreads() throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lets it go on for so long, or to its end.
  public void leaveAlone(Duration time) throws InterruptedException {
    var _ = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Without a warning, as `kill -9` does.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
