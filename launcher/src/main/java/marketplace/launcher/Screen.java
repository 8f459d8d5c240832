package marketplace.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// What the user sees meanwhile: one line for each step that is done, and on a terminal one more
/// that says what we wait for.
final class Screen {
  private static final int BAR = 20;
  private static final String ERASE_LINE = "\r\033[K";

  private final PrintStream out;
  private final boolean terminal;
  private final long startedNanos = System.nanoTime();
  private final Set<String> awaited = new LinkedHashSet<>();
  private int expected;
  private int done;

  /// The script has looked whether somebody watches.
  Screen(PrintStream out) {
    this(out, Boolean.getBoolean("market.terminal"));
  }

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  synchronized void line(String text) {
    out.println((terminal ? ERASE_LINE : "") + text);
    draw();
  }

  /// So many parts will get ready: the whole length of the bar.
  synchronized void expect(int parts) {
    expected = parts;
  }

  synchronized void waitFor(String what) {
    awaited.add(what);
    draw();
  }

  synchronized void ready(String what, Duration took, String address) {
    awaited.remove(what);
    done++;
    line(readyLine(what, took, address));
  }

  static String readyLine(String what, Duration took, String address) {
    return String.format(
        Locale.ROOT, " %-18s ready  %5.1f s   %s", what, took.toMillis() / 1000.0, address);
  }

  /// Forgets what was awaited: it will not come.
  synchronized void giveUp() {
    awaited.clear();
  }

  /// The seconds go on while we wait.
  synchronized void tick() {
    draw();
  }

  private void draw() {
    if (!terminal || awaited.isEmpty()) {
      return;
    }
    var seconds = Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds();
    out.print(
        ERASE_LINE + progress(done, Math.max(expected, done + awaited.size()), awaited, seconds));
    out.flush();
  }

  static String progress(int done, int all, Set<String> awaited, long seconds) {
    var full = BAR * done / all;
    return " starting %s%s %d/%d  %s  %d:%02d"
        .formatted(
            "█".repeat(full),
            "░".repeat(BAR - full),
            done,
            all,
            String.join(" · ", awaited),
            seconds / 60,
            seconds % 60);
  }
}
