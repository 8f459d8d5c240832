package marketplace.eventsourcing.handling;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;

/// What is logged while it is open, with the fields that each line has.
final class LogLines extends Handler implements AutoCloseable {
  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;

  record Line(String text, Map<String, Object> fields) {}

  private LogLines(Logger logger) {
    this.logger = logger;
    logger.addHandler(this);
  }

  static LogLines of(String logger) {
    return new LogLines(Logger.getLogger(logger));
  }

  List<Line> about(String text) {
    return lines.stream().filter(line -> line.text().contains(text)).toList();
  }

  /// On the thread that logs: its fields are gone when it goes on.
  @Override
  public void publish(LogRecord logged) {
    lines.add(new Line(String.valueOf(logged.getMessage()), new TreeMap<>(MDC.getMap())));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
