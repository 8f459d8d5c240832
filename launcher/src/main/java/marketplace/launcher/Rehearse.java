package marketplace.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import marketplace.launcher.Starter.Caches;
import picocli.CommandLine.Command;

/// Starts everything once, beside what may run, and stops it again: each JVM writes down which
/// classes it needed, and needs half the time from then on. Part of a build, and nobody misses it
/// where it fails: then starts take longer.
@Command(name = "rehearse", hidden = true)
final class Rehearse implements Callable<Integer> {
  /// A JVM that ends writes its cache, which takes longer than its start.
  private static final Duration WRITING_MAX = Duration.ofMinutes(3);

  private final Layout layout;

  Rehearse(Layout layout) {
    this.layout = layout.rehearsal();
  }

  @Override
  public Integer call() {
    var stateFile = new StateFile(layout.state());
    var silence = new Screen(new PrintStream(OutputStream.nullOutputStream()), false);
    var stopper = new Stopper(layout, stateFile, silence);
    var hook = new Thread(stopper::killAll, "market-kill");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      forgetAll();
      Files.createDirectories(layout.cache("").getParent());
      new Starter(layout, stateFile, silence, Ports.free(), false, Caches.RECORDED)
          .startMissing(false);
      end(stateFile, name -> Service.named(name).isPresent());
      end(stateFile, RunningPart.KAFKA::equals);
      stopper.stopAll();
      forgetAll();
      return ExitCode.OK;
    } catch (PartFailedException | IOException | UncheckedIOException e) {
      System.err.println(e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private static void end(StateFile stateFile, Predicate<String> which) {
    List<RunningPart> parts =
        stateFile.read().alive().stream().filter(part -> which.test(part.name())).toList();
    parts.forEach(part -> part.process().ifPresent(ProcessHandle::destroy));
    parts.forEach(part -> part.awaitEnd(WRITING_MAX));
  }

  private void forgetAll() throws IOException {
    if (!Files.exists(layout.kept())) {
      return;
    }
    try (var paths = Files.walk(layout.kept())) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
