package marketplace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The composed market from its first start to its last. Needs an engine, and takes minutes: it is
/// played with `-Dplatform=containers`, one chapter after the other.
@Tag("containers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposedMarketTest {
  private static final ComposedMarket MARKET = new ComposedMarket();

  /// Of all stories played so far.
  private static final Set<String> ORDERS = new TreeSet<>();

  @BeforeAll
  static void start() {
    MARKET.up();
  }

  @AfterAll
  static void remove() {
    MARKET.remove();
  }

  @ParameterizedTest
  @ValueSource(strings = {"seller-approves", "seller-times-out", "damaged-negotiated"})
  @Order(1)
  void plays(String scenario) {
    assertThat(differences(scenario)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"order", "seller", "refund", "dispute", "simulation", "mail", "kafka", "postgres"})
  @Order(2)
  void plays_again_after_the_death_of(String container) {
    MARKET.kill(container);
    assertThat(MARKET.containers()).doesNotContain(container).hasSize(7);
    MARKET.start();
    assertThat(differences("seller-approves")).isEmpty();
  }

  @Test
  @Order(3)
  void keeps_its_orders_over_a_night() {
    assertThat(ORDERS).hasSizeGreaterThanOrEqualTo(3);
    var before = everythingOf(ORDERS);
    MARKET.down();
    assertThat(MARKET.containers()).isEmpty();
    MARKET.start();
    assertThat(everythingOf(ORDERS)).isEqualTo(before);
    assertThat(differences("seller-approves")).isEmpty();
  }

  @Test
  @Order(4)
  void has_broken_no_invariant() {
    for (var invariant : MARKET.get(ComposedMarket.SIMULATION, "SIMULATION", "/v1/invariants")) {
      assertThat(invariant.path("ok").asBoolean()).as(invariant.toString()).isTrue();
    }
  }

  /// Plays it, and says what was not as told.
  private static List<String> differences(String scenario) {
    var path = "/v1/scenarios/%s/execution".formatted(scenario);
    var performance = MARKET.post(ComposedMarket.SIMULATION, "SIMULATION", path);
    assertThat(performance.path("steps")).as(scenario).isNotEmpty();
    List<String> differences = new ArrayList<>();
    for (var step : performance.path("steps")) {
      ORDERS.addAll(step.path("found").findValuesAsText("orderId"));
      for (var difference : step.path("differences")) {
        differences.add("%s: %s".formatted(step.path("what").asText(), difference.asText()));
      }
    }
    if (!performance.path("passed").asBoolean()) differences.add("not as told");
    return differences;
  }

  /// As the database has them, and as the topics have them.
  private static Map<String, JsonNode> everythingOf(Set<String> orders) {
    var everything = new TreeMap<String, JsonNode>();
    for (var order : orders) {
      everything.put(order, MARKET.get(ComposedMarket.ORDER, "PLATFORM", "/v1/orders/" + order));
      everything.putAll(streamsOf(order));
    }
    return everything;
  }

  /// Each in its order. Between streams a timeline promises none for what happened at one instant.
  private static Map<String, ArrayNode> streamsOf(String order) {
    var streams = new TreeMap<String, ArrayNode>();
    var timeline = MARKET.get(ComposedMarket.SIMULATION, "SIMULATION", "/v1/timeline/" + order);
    for (var event : timeline) {
      streams
          .computeIfAbsent(
              order + " in " + event.path("subject").asText(),
              _ -> JsonNodeFactory.instance.arrayNode())
          .add(event);
    }
    return streams;
  }
}
