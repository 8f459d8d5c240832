package marketplace.eventsourcing.relay;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.debezium.engine.spi.OffsetCommitPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/// The embedded Debezium engine, which reads the log through the slot.
///
/// It keeps no position of its own: stored offsets together with heart-beats lose events silently
/// where a transaction is open across a restart. And it never starts again by itself, because only
/// the relay knows what has to be looked at before.
final class LogReader implements AutoCloseable {
  private static final Duration CLOSE_TRY = Duration.ofMillis(50);

  private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  LogReader(RelaySettings settings, ChangeConsumer<RecordChangeEvent<SourceRecord>> consumer) {
    this.engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(properties(settings))
            .using(OffsetCommitPolicy.always())
            .using((success, message, error) -> failure.set(error))
            .notifying(consumer)
            .build();
  }

  private static Properties properties(RelaySettings settings) {
    var server = URI.create(settings.jdbcUrl().substring("jdbc:".length()));
    var properties = new Properties();
    properties.setProperty("name", settings.slot());
    properties.setProperty("topic.prefix", settings.service());
    properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    properties.setProperty(
        "offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
    properties.setProperty("snapshot.mode", "no_data");
    properties.setProperty("database.hostname", server.getHost());
    properties.setProperty("database.port", String.valueOf(server.getPort()));
    properties.setProperty("database.dbname", server.getPath().substring(1));
    properties.setProperty("database.user", settings.user());
    properties.setProperty("database.password", settings.password());
    properties.setProperty("plugin.name", "pgoutput");
    properties.setProperty("slot.name", settings.slot());
    properties.setProperty("publication.name", "event_publication");
    properties.setProperty("publication.autocreate.mode", "disabled");
    properties.setProperty("table.include.list", "public.event");
    // No reader needs them, and the connector does not know the type of the second.
    properties.setProperty("column.exclude.list", "public.event.position,public.event.xid");
    properties.setProperty("message.prefix.include.list", RelayDatabase.markPrefix());
    // The slot moves by what the relay confirms and by nothing else, or it could get ahead of the
    // acknowledged position; an idle database is moved along by the marks.
    properties.setProperty("lsn.flush.mode", "connector");
    properties.setProperty("heartbeat.interval.ms", "0");
    properties.setProperty("provide.transaction.metadata", "false");
    properties.setProperty("poll.interval.ms", "10");
    properties.setProperty("max.batch.size", "4096");
    properties.setProperty("max.queue.size", "16384");
    properties.setProperty("queue.provider.type", RestingQueue.NAME);
    // Within one run there is one replication connection: a second one could find another slot.
    properties.setProperty("slot.max.retries", "0");
    properties.setProperty("errors.max.retries", "0");
    properties.setProperty("task.management.timeout.ms", "30000");
    return properties;
  }

  /// Reads until it is closed, or throws what it failed of.
  void run() {
    try {
      engine.run();
    } finally {
      ended.countDown();
    }
    var error = failure.get();
    if (error != null) throw new IllegalStateException("reading the log failed: " + error, error);
  }

  /// An engine that is just starting refuses to be closed, so this asks again until `run` ends.
  @Override
  public void close() {
    try {
      do {
        try {
          engine.close();
        } catch (IllegalStateException | IOException e) {
          // Starting or already closing: look again.
        }
      } while (!ended.await(CLOSE_TRY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
