package marketplace.eventsourcing.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.eventsourcing.time.Patience;
import marketplace.platform.KafkaBroker;
import marketplace.platform.Loopback;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnTopicsTest {
  @Test
  void are_created_with_the_partitions_that_keys_are_spread_over() throws Exception {
    var name = "own-" + UUID.randomUUID();
    try (var topics = new OwnTopics(TestTopic.kafka(), List.of(name))) {
      topics.start();
      Patience.until("they are there", topics::there);
    }
    assertThat(partitionsOf(name)).isEqualTo(6);
  }

  @Test
  void are_left_as_they_are_where_they_exist() throws Exception {
    try (var existing = new TestTopic(2);
        var topics = new OwnTopics(TestTopic.kafka(), List.of(existing.name))) {
      topics.start();
      Patience.until("they are there", topics::there);
      assertThat(partitionsOf(existing.name)).isEqualTo(2);
    }
  }

  @Test
  void wait_for_a_broker_that_is_not_up_yet(@TempDir Path data) throws Exception {
    var port = Loopback.freePort();
    Map<String, Object> kafka = Map.of("bootstrap.servers", Loopback.HOST + ":" + port);
    try (var topics = new OwnTopics(kafka, List.of("patient"))) {
      topics.start();
      try (var _ = KafkaBroker.at(data, port)) {
        Patience.until("they are there", topics::there);
      }
    }
  }

  private static int partitionsOf(String topic) throws Exception {
    try (var admin = Admin.create(TestTopic.kafka())) {
      var found = admin.describeTopics(List.of(topic)).allTopicNames().get();
      return found.values().iterator().next().partitions().size();
    }
  }
}
