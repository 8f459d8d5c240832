package marketplace.simulation.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import marketplace.platform.Database;
import marketplace.simulation.live.InsistentPeople.Asked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two instances of each service, as `./market up --instances 2` starts them, of which one after
/// the other is stopped and started again while people buy and cancel.
@Tag("kills")
class RollingRestartTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int ACCEPTED_BETWEEN = 20;

  @Test
  void everybody_is_answered_nothing_is_lost_and_nothing_doubled() throws Exception {
    assumeTrue(LauncherMarket.isBuilt(), "the market is not packaged");
    try (var market = LauncherMarket.start("--instances", "2")) {
      var addresses = market.addresses();
      var clock = JsonNodeFactory.instance.objectNode().put("rate", 14_400);
      assertThat(market.post("/v1/clock", clock).isSuccess()).isTrue();
      var asked = buyWhileAllAreRestarted(market, addresses);
      assertThat(asked.stream().filter(one -> one.status() >= 500)).as("faults told").isEmpty();
      clock.put("rate", 0);
      await().atMost(PATIENCE).until(() -> market.post("/v1/clock", clock).isSuccess());
      for (var invariant : market.get("/v1/invariants").body()) {
        assertThat(invariant.get("ok").asBoolean()).as(invariant.toString()).isTrue();
      }
      compare(addresses, asked);
      System.out.println(market.run("doctor"));
    }
  }

  private static List<Asked> buyWhileAllAreRestarted(LauncherMarket market, JsonNode addresses)
      throws InterruptedException {
    try (var people = new InsistentPeople(instances(addresses))) {
      people.start(new Random(7));
      List<String> names = new ArrayList<>();
      for (var service : RunningServices.NAMES) names.addAll(List.of(service, service + "-2"));
      for (var name : names) {
        awaitAccepted(people);
        market.run("restart", name);
      }
      awaitAccepted(people);
      people.stop();
      System.out.printf("%d commands, %d repeated%n", people.asked().size(), people.repetitions());
      return people.asked();
    }
  }

  private static void awaitAccepted(InsistentPeople people) {
    var wanted = people.accepted() + ACCEPTED_BETWEEN;
    await().atMost(PATIENCE).until(() -> people.accepted() >= wanted);
  }

  private static Map<String, List<URI>> instances(JsonNode addresses) {
    Map<String, List<URI>> instances = new HashMap<>();
    for (var service : addresses.get("instances").properties()) {
      List<URI> of = new ArrayList<>();
      for (var address : service.getValue()) of.add(URI.create(address.textValue()));
      assertThat(of).hasSize(2);
      instances.put(service.getKey() + "-service", of);
    }
    return instances;
  }

  private static void compare(JsonNode addresses, List<Asked> asked) throws Exception {
    var compared = new StoresAndTopics(addresses.get("kafka").textValue());
    for (var name : RunningServices.NAMES) {
      var url = addresses.get("databases").get(name).get("url").textValue();
      var port = URI.create(url.substring("jdbc:".length())).getPort();
      var database = new Database(name + "_service", name, port);
      compared.requireSameEvents(name + "-service", database);
      StoresAndTopics.requireOneDecision(name + "-service", database, asked);
      StoresAndTopics.requireOneEffect(name + "-service", database);
      StoresAndTopics.requireNothingSetAside(name + "-service", database);
    }
  }
}
