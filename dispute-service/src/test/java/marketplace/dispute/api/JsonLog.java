package marketplace.dispute.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import marketplace.contracts.ContractJson;

/// What is logged while it is open, as a running service writes it.
final class JsonLog extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("marketplace.eventsourcing");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private JsonLog() {
    setFormatter(new JsonFormatter());
    logger.addHandler(this);
  }

  static JsonLog open() {
    return new JsonLog();
  }

  /// Their own fields, without those that every line has.
  List<JsonNode> fieldsOfLinesAbout(String text) {
    return lines.stream()
        .map(JsonLog::read)
        .filter(line -> line.path("message").asText().contains(text))
        .map(line -> line.path("mdc"))
        .toList();
  }

  private static JsonNode read(String line) {
    try {
      return ContractJson.mapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(line, e);
    }
  }

  @Override
  public void publish(LogRecord logged) {
    lines.add(getFormatter().format(logged));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
