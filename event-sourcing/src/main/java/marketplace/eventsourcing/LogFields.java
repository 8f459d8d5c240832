package marketplace.eventsourcing;

import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Says in each log line what it is about, as fields that can be searched for, until it is closed:
/// `try (var _ = LogFields.of(…)) { LOG.warn(…) }`.
public final class LogFields implements AutoCloseable {
  /// The stream, own or foreign; the id in its name is that of the order.
  public static final String STREAM = "stream";

  public static final String CORRELATION_ID = "correlationId";

  private LogFields() {}

  /// @param correlationId null where none is known
  public static LogFields of(@Nullable String stream, @Nullable String correlationId) {
    put(STREAM, stream);
    put(CORRELATION_ID, correlationId);
    return new LogFields();
  }

  /// What a record says of itself, whether or not the rest of it can be read.
  public static LogFields of(Delivery delivery) {
    var headers = delivery.headers();
    return of(headers.get(Envelope.SUBJECT), headers.get(Envelope.CORRELATION_ID));
  }

  /// Anybody may have written it.
  private static void put(String field, @Nullable String value) {
    if (value == null) return;
    var length = Math.min(value.length(), Envelope.HEADER_LENGTH_MAX);
    MDC.put(field, value.substring(0, length));
  }

  @Override
  public void close() {
    MDC.remove(STREAM);
    MDC.remove(CORRELATION_ID);
  }
}
