package marketplace.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.ClockRecord;
import marketplace.eventsourcing.messaging.ProducerSettings;
import marketplace.platform.TestPlatform;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;

/// Moves simulated time in tests, as the simulation does: by records on the control topic.
public final class TestClock {
  /// A Monday.
  public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  private static final String CONTROL_TOPIC = "simulation.control.v1";
  private static final AtomicLong EPOCH = new AtomicLong();
  private static volatile Instant now = START;

  private final String bootstrapServers;

  private TestClock(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  public static TestClock on(String bootstrapServers) {
    return new TestClock(bootstrapServers);
  }

  /// The clock of the platform that tests share.
  public static TestClock shared() {
    return new TestClock(TestPlatform.kafka().bootstrapServers());
  }

  /// The simulated time that was set last.
  public Instant now() {
    return now;
  }

  public void advance(Duration by) {
    freezeAt(now.plus(by));
  }

  /// Sets the clock, frozen. Services follow a moment later: wait for their epoch, or for an
  /// effect.
  ///
  /// @return the epoch to wait for
  public long freezeAt(Instant instant) {
    var epoch = EPOCH.incrementAndGet();
    publish("clock", new ClockRecord(epoch, instant, instant, 0, null));
    now = instant;
    return epoch;
  }

  /// Publishes any record on the control topic, for example a policy set or faults.
  public void publish(String key, Object value) {
    createTopic();
    try (var producer =
        new KafkaProducer<>(
            ProducerSettings.inOrder(bootstrapServers),
            new StringSerializer(),
            new StringSerializer())) {
      var json = ContractJson.mapper().writeValueAsString(value);
      producer.send(new ProducerRecord<>(CONTROL_TOPIC, key, json)).get();
    } catch (JsonProcessingException | ExecutionException e) {
      throw new IllegalStateException("control record was not published", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void createTopic() {
    try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
      var topic = new NewTopic(CONTROL_TOPIC, 1, (short) 1);
      topic.configs(Map.of("cleanup.policy", "compact"));
      admin.createTopics(java.util.List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
