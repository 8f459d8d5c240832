package marketplace.eventsourcing.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/// Creates the topics that a service writes to when it starts, however long the brokers take to
/// come up.
public final class OwnTopics implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OwnTopics.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Map<String, Object> kafka;
  private final List<NewTopic> topics;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("topics").daemon().unstarted(this::run);
  private volatile boolean there;

  /// @param kafka how to reach the brokers
  public OwnTopics(Map<String, Object> kafka, List<String> names) {
    this.kafka = Map.copyOf(kafka);
    this.topics =
        names.stream()
            .map(name -> TopicCreator.events(name, TopicCreator.PARTITIONS_DEFAULT))
            .toList();
  }

  public void start() {
    thread.start();
  }

  /// Do all of them exist?
  public boolean there() {
    return there;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      while (!there && closed.getCount() > 0) {
        try {
          TopicCreator.create(kafka, topics);
          there = true;
        } catch (KafkaException e) {
          LOG.infof("own topics are created later: %s", e.getMessage());
          var _ = closed.await(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException _) {
      closed.countDown();
    }
  }
}
