package marketplace.simulation.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage.ReceiptConfirmed;
import marketplace.kernel.OrderId;
import marketplace.simulation.journal.Rejected;
import marketplace.simulation.live.Injector.Injection;
import marketplace.simulation.live.Proof.Invariant;
import marketplace.simulation.scenario.Scenario;
import marketplace.simulation.scenario.ScenarioFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every story that comes with the simulation, on the real services.
class LiveScenariosTest {
  private static final Duration START_MAX = Duration.ofMinutes(3);
  private static final Duration REFUSED_MAX = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> READERS_OF_ORDERS =
      List.of("seller-service", "refund-service", "dispute-service");

  /// Some that go through all services.
  private static final Set<String> DISTURBED =
      Set.of("seller-times-out", "seller-approves", "late-capture-b", "never-arrived");

  /// Null where the services were not built.
  private static @Nullable RunningServices services;

  /// Null where the services were not built.
  private static @Nullable LiveMarket running;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(RunningServices.areBuilt(), "the services are not packaged");
    var started = RunningServices.onTestPlatform();
    services = started;
    started.startAll();
    var market = new LiveMarket(started.settings());
    market.start(new StartupEvent());
    running = market;
    await().atMost(START_MAX).until(market::ready);
  }

  @AfterAll
  static void stop() {
    var market = running;
    if (market != null) market.stop(new ShutdownEvent());
    if (services != null) services.close();
  }

  @TestFactory
  Stream<DynamicTest> goes_as_told() {
    return Stream.concat(
        ScenarioFiles.all().stream()
            .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> play(scenario))),
        Stream.of(
            DynamicTest.dynamicTest(
                "and_so_whatever_becomes_of_records_on_their_way", this::playWithFaults),
            DynamicTest.dynamicTest(
                "and_refuses_what_is_wrong_on_purpose", this::assertMalformedIsRefused),
            DynamicTest.dynamicTest("and_leaves_every_invariant", this::assertInvariants)));
  }

  private static void play(Scenario scenario) {
    var performance = market().play(scenario);
    assertThat(performance.passed()).as(performance.report()).isTrue();
  }

  /// Twice, late, overtaken, lost: by STEP nothing of it may be seen in the end.
  private void playWithFaults() throws Exception {
    var rules =
        JSON.readTree(
            """
            [{"kind": "CONSUME_TWICE", "rate": 0.3},
             {"kind": "CONSUME_DELAY", "rate": 0.1, "millis": 50},
             {"kind": "CONSUME_REORDER", "rate": 0.2, "millis": 50},
             {"kind": "CONSUME_LOSS", "rate": 0.3, "millis": 20}]
            """);
    var faults = market().faults();
    for (var service : market().services().names()) faults.replace(service, "test", rules);
    assertThat(faults.standing()).hasSize(4);
    for (var scenario : ScenarioFiles.all()) {
      if (DISTURBED.contains(scenario.name())) play(scenario);
    }
    for (var service : market().services().names()) {
      assertThat(inForceOf(service)).hasSize(4);
      faults.replace(service, "test", JSON.createArrayNode());
      assertThat(inForceOf(service)).isEmpty();
    }
    assertThat(faults.standing()).isEmpty();
  }

  private static JsonNode inForceOf(String service) {
    return market().services().ask(service, "/v1/simulation/faults").body().get("rules");
  }

  /// Each form is listed by whoever reads the topic, with the reason. What can be told of again is
  /// on the topic of what was rejected.
  private void assertMalformedIsRefused() throws Exception {
    var order = new OrderId(UUID.randomUUID());
    var data = JSON.readTree(MessageFamily.ORDER.write(new ReceiptConfirmed(order, Instant.EPOCH)));
    for (var malformed : Malformed.values()) {
      var ids =
          market()
              .injector()
              .inject(
                  new Injection(
                      MessageFamily.ORDER.topic(),
                      order.toString(),
                      "ReceiptConfirmed",
                      data,
                      Map.of(),
                      1,
                      false,
                      0,
                      malformed));
      await()
          .atMost(REFUSED_MAX)
          .until(
              () -> READERS_OF_ORDERS.stream().allMatch(service -> lists(service, malformed, ids)));
    }
    market().clock().awaitQuiet();
    assertThat(rejectedOf(order))
        .as("copies of json, schema and future-version by each of the readers")
        .hasSize(3 * READERS_OF_ORDERS.size())
        .allMatch("SCHEMA_INVALID"::equals);
  }

  private static boolean lists(String service, Malformed malformed, List<String> ids) {
    var reason =
        switch (malformed) {
          case JSON -> "ReceiptConfirmed: ";
          case SCHEMA -> "field orderId is missing";
          case OVERSIZE -> "the value must have at most";
          case FUTURE_VERSION -> "ce_dataschema must be";
          case TOMBSTONE -> "the value is missing";
          case FOREIGN_KEY -> "the key must be";
        };
    var listed = market().services().ask(service, "/v1/simulation/rejected?limit=20").body();
    for (var one : listed) {
      var same = one.path("eventId").isNull() || ids.contains(one.path("eventId").asText());
      if (same && one.path("reason").asText().contains(reason)) return true;
    }
    return false;
  }

  private static List<String> rejectedOf(OrderId order) {
    return market().journal().rejectedOf(order.value()).stream().map(Rejected::reason).toList();
  }

  private void assertInvariants() {
    assertThat(new Proof(market()).invariants()).isNotEmpty().allMatch(Invariant::ok);
  }

  private static LiveMarket market() {
    var market = running;
    if (market == null) throw new IllegalStateException("nothing was started");
    return market;
  }
}
