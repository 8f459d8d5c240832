package marketplace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.RejectedFact;
import marketplace.eventsourcing.ServiceRules;
import marketplace.eventsourcing.control.ControlFollower;
import marketplace.eventsourcing.messaging.KafkaAccess;
import marketplace.eventsourcing.messaging.TopicConsumer;
import marketplace.eventsourcing.messaging.TopicCreator;
import marketplace.simulation.memory.MemoryServices;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.SaslConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaFilesTest {
  private static final Path FOLDER = DeployFiles.KUBERNETES.resolve("base/kafka");

  @Test
  void topics_are_those_that_the_services_would_create() {
    var expected =
        Stream.concat(
                eventTopics()
                    .map(name -> TopicCreator.events(name, TopicCreator.PARTITIONS_DEFAULT)),
                Stream.of(TopicCreator.latestOfEachKey(ControlFollower.TOPIC)))
            .collect(Collectors.toMap(NewTopic::name, KafkaFilesTest::described));
    var declared = new TreeMap<String, String>();
    for (var topic : DeployFiles.ofKind(FOLDER.resolve("topics.yaml"), "KafkaTopic")) {
      var configs = new TreeMap<String, String>();
      topic
          .at("/spec/config")
          .properties()
          .forEach(entry -> configs.put(entry.getKey(), entry.getValue().asText()));
      declared.put(
          DeployFiles.name(topic), described(topic.at("/spec/partitions").asInt(), configs));
    }
    assertThat(declared).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void a_service_may_write_its_own_topics_and_read_what_its_rules_ask_for() {
    for (var service : MemoryServices.rules()) {
      var user = user(service.name());
      assertThat(may(user, "topic", "Write"))
          .as("%s writes", service.name())
          .containsExactlyInAnyOrderElementsOf(written(service));
      assertThat(may(user, "topic", "Create")).isEqualTo(may(user, "topic", "Write"));
      assertThat(may(user, "topic", "Read"))
          .as("%s reads", service.name())
          .containsExactlyInAnyOrderElementsOf(read(service));
      var groups = may(user, "group", "Read");
      assertThat(groups).hasSize(1);
      assertThat(service.inbound())
          .allSatisfy(inbound ->
              assertThat(TopicConsumer.group(service.name(), inbound.topic()))
                  .startsWith(groups.first()));
    }
  }

  @Test
  void the_simulation_alone_tells_the_time() {
    for (var user : DeployFiles.ofKind(FOLDER.resolve("users.yaml"), "KafkaUser")) {
      assertThat(may(user, "topic", "Write").contains(ControlFollower.TOPIC))
          .as(DeployFiles.name(user))
          .isEqualTo(DeployFiles.name(user).equals("simulation"));
    }
  }

  @Test
  void brokers_are_told_what_brokers_understand() {
    var config =
        DeployFiles.ofKind(FOLDER.resolve("cluster.yaml"), "Kafka")
            .getFirst()
            .at("/spec/kafka/config");
    var names = new ArrayList<String>();
    config.fieldNames().forEachRemaining(names::add);
    assertThat(KafkaConfig.configDef().names()).containsAll(names);
  }

  @Test
  void clients_find_their_password_in_the_secret(@TempDir Path folder) throws IOException {
    var login = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"x\";";
    var user = Files.createDirectory(folder.resolve("kafka-user"));
    Files.writeString(user.resolve("sasl.jaas.config"), login);
    var settings = folder.resolve("client.properties");
    Files.writeString(
        settings,
        DeployFiles.text(FOLDER.resolve("client.properties"))
            .replace("/etc/market", folder.toString()));

    var config =
        new AdminClientConfig(KafkaAccess.of("market-kafka-bootstrap:9093", Optional.of(settings)));

    assertThat(config.getPassword(SaslConfigs.SASL_JAAS_CONFIG).value()).isEqualTo(login);
    assertThat(config.getString(AdminClientConfig.SECURITY_PROTOCOL_CONFIG)).isEqualTo("SASL_SSL");
    assertThat(config.getString(SaslConfigs.SASL_MECHANISM)).isEqualTo("SCRAM-SHA-512");
    assertThat(config.getString("ssl.truststore.location")).isEqualTo(folder + "/kafka-ca/ca.crt");
  }

  private static Stream<String> eventTopics() {
    return Stream.concat(
        MemoryServices.rules().stream().flatMap(service -> service.topics().stream()),
        Stream.of(RejectedFact.TOPIC));
  }

  private static List<String> written(ServiceRules service) {
    return Stream.concat(service.topics().stream(), Stream.of(RejectedFact.TOPIC)).toList();
  }

  private static List<String> read(ServiceRules service) {
    return Stream.concat(
            service.inbound().stream().map(Inbound::topic), Stream.of(ControlFollower.TOPIC))
        .toList();
  }

  private static JsonNode user(String name) {
    return DeployFiles.ofKind(FOLDER.resolve("users.yaml"), "KafkaUser").stream()
        .filter(user -> DeployFiles.name(user).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Kafka user " + name));
  }

  private static SortedSet<String> may(JsonNode user, String resource, String operation) {
    var names = new TreeSet<String>();
    for (var acl : user.at("/spec/authorization/acls")) {
      if (!acl.at("/resource/type").asText().equals(resource)) continue;
      for (var allowed : acl.path("operations")) {
        if (allowed.asText().equals(operation)) names.add(acl.at("/resource/name").asText());
      }
    }
    return names;
  }

  private static String described(NewTopic topic) {
    return described(topic.numPartitions(), topic.configs());
  }

  private static String described(int partitions, Map<String, String> configs) {
    return "%d partitions, %s".formatted(partitions, new TreeMap<>(configs));
  }
}
