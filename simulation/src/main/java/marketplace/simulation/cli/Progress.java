package marketplace.simulation.cli;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/// How far something has come, on standard error: a bar on a terminal, otherwise a line every five
/// seconds.
final class Progress implements AutoCloseable {
  private static final long LINE_EVERY = Duration.ofSeconds(5).toNanos();

  private final String what;
  private final long whole;
  private final @Nullable ProgressBar bar;
  private long done;
  private long lastLine = System.nanoTime();

  Progress(String what, long whole) {
    this.what = what;
    this.whole = whole;
    this.bar =
        onTerminal()
            ? new ProgressBarBuilder().setTaskName(what).setInitialMax(whole).build()
            : null;
  }

  @SuppressWarnings("SystemConsoleNull") // from Java 25 on it is null again where there is none
  private static boolean onTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  synchronized void more(long count) {
    to(done + count);
  }

  synchronized void to(long newDone) {
    done = newDone;
    if (bar != null) {
      bar.stepTo(done);
    } else if (System.nanoTime() - lastLine > LINE_EVERY) {
      lastLine = System.nanoTime();
      System.err.printf(Locale.ROOT, "%s: %,d of %,d%n", what, done, whole);
    }
  }

  @Override
  public void close() {
    if (bar != null) bar.close();
  }
}
