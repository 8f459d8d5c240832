package marketplace.simulation.lives;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import marketplace.contracts.document.AsyncApi;
import marketplace.contracts.document.AsyncApi.Application;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.ServiceRules;
import marketplace.simulation.memory.MemoryServices;
import org.junit.jupiter.api.Test;

/// `asyncapi.yaml` says what travels between the four services. It is written with
/// `-Dasyncapi.write=true`, so that whoever changes a contract sees the change in what he commits.
class AsyncApiTest {
  private static final Path FILED = Path.of("../event-contracts/src/main/resources/asyncapi.yaml");
  private static final YAMLMapper YAML =
      new YAMLMapper(new YAMLMapper().getFactory().disable(YAMLGenerator.Feature.SPLIT_LINES));

  private final JsonNode document =
      AsyncApi.document(
          "Marketplace", MemoryServices.rules().stream().map(AsyncApiTest::applicationOf).toList());

  private static Application applicationOf(ServiceRules rules) {
    return new Application(
        rules.name(),
        Stream.concat(rules.topics().stream(), Stream.of(AsyncApi.REJECTED)).toList(),
        Stream.concat(rules.inbound().stream().map(Inbound::topic), Stream.of(AsyncApi.CONTROL))
            .toList());
  }

  @Test
  void what_is_filed_is_what_the_services_say() throws IOException {
    var written = YAML.writeValueAsString(document);
    if (Boolean.getBoolean("asyncapi.write")) Files.writeString(FILED, written);
    assertThat(Files.readString(FILED)).isEqualTo(written);
  }

  @Test
  void every_reference_leads_somewhere() {
    List<String> references = document.findValuesAsText("$ref").stream().distinct().toList();
    assertThat(references)
        .hasSizeGreaterThan(100)
        .allSatisfy(reference ->
            assertThat(document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
  }
}
