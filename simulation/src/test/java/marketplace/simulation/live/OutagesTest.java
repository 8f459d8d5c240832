package marketplace.simulation.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.Caller;
import marketplace.simulation.run.PlanJson;
import marketplace.simulation.run.Plans;
import marketplace.simulation.run.Runs;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The market as a user starts it, of which one process after the other stands still, stops or is
/// killed by a word over HTTP, and comes back.
@Tag("kills")
class OutagesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int ORDERS = 40;
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final Caller PLATFORM = new Caller("PLATFORM", UUID.randomUUID());
  private static final Caller ANA = new Caller("BUYER", UUID.randomUUID());

  /// Null where the market was not built, as the others are.
  private static @Nullable LauncherMarket running;

  private static @Nullable Services calls;
  private static @Nullable Caller lin;
  private static @Nullable String cup;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(LauncherMarket.isBuilt(), "the market is not packaged");
    var market = LauncherMarket.start();
    running = market;
    calls = market.services();
    var name = object().put("name", "Lin").put("country", "CN").put("type", "STANDARD");
    var seller = UUID.fromString(ask(PLATFORM, "registerSeller", name).get("sellerId").asText());
    lin = new Caller("SELLER", seller);
    var product =
        object()
            .put("title", "Cup")
            .put("category", "home")
            .put("priceMinor", 1234)
            .put("currency", "USD")
            .put("returnsAllowed", true);
    cup = ask(lin(), "listProduct", product).get("productId").asText();
    await().atMost(PATIENCE).until(() -> place(UUID.randomUUID()).isSuccess());
  }

  @AfterAll
  static void stop() {
    if (calls != null) calls.close();
    var market = running;
    if (market == null) return;
    try {
      market.run("up", "--wait");
      for (var invariant : market.get("/v1/invariants").body()) {
        assertThat(invariant.get("ok").asBoolean()).as(invariant.toString()).isTrue();
      }
    } finally {
      market.close();
    }
  }

  @Test
  void a_service_that_stands_still_hears_of_everything_when_it_goes_on() {
    act("seller", "pause", "paused");
    var order = mustPlace();
    act("seller", "resume", "running");
    awaitKnown(order);
  }

  @Test
  void a_service_that_is_stopped_hears_of_everything_when_it_is_started() {
    act("seller", "stop", "stopped");
    var order = mustPlace();
    act("seller", "start", "running");
    awaitKnown(order);
  }

  @Test
  void a_service_that_is_killed_comes_back_with_the_rest() {
    act("seller", "kill", "stopped");
    var order = mustPlace();
    market().run("up", "--wait");
    awaitKnown(order);
  }

  @Test
  void a_service_that_is_started_again_goes_on() {
    act("order", "restart", "running");
    awaitKnown(mustPlace());
  }

  @Test
  void without_a_broker_commands_are_accepted_and_told_later() {
    act("kafka", "kill", "stopped");
    var order = mustPlace();
    act("kafka", "start", "running");
    awaitKnown(order);
  }

  @Test
  void without_a_database_commands_are_put_off_and_none_is_done_twice() {
    var key = UUID.randomUUID();
    act("postgres", "stop", "stopped");
    assertThat(place(key).status()).isEqualTo(503);
    act("postgres", "start", "running");
    var first = await().atMost(PATIENCE).until(() -> place(key), Reply::isSuccess);
    assertThat(place(key).body()).isEqualTo(first.body());
    awaitKnown(first.body().get("orderId").asText());
  }

  @Test
  void while_the_database_stands_still_commands_wait_or_are_put_off() throws Exception {
    var key = UUID.randomUUID();
    act("postgres", "pause", "paused");
    var placed = CompletableFuture.supplyAsync(() -> place(key));
    assertThat(placed).failsWithin(SILENCE).withThrowableThat().isInstanceOf(Exception.class);
    market().run("up", "--wait");
    assertThat(placed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).status()).isIn(201, 503);
    await().atMost(PATIENCE).until(() -> place(key).isSuccess());
  }

  /// The provider fails in none of these orders: his fault rules are gone with their process.
  @Test
  void a_run_is_as_in_memory_whatever_goes_away_meanwhile() {
    ObjectNode plan = ContractJson.mapper().valueToTree(Plans.busy(21, ORDERS, "STANDARD_72H"));
    plan.withObjectProperty("actors").withObjectProperty("provider").put("failureShare", 0.0);
    var run = "/v1/runs/" + market().post("/v1/runs", plan).body().get("runId").asText();
    while (state(run).equals("RUNNING")) {
      for (var name : List.of("order", "seller", "refund", "dispute", "kafka", "postgres")) {
        act(name, "kill", "stopped");
        act(name, "start", "running");
      }
    }
    var view = market().get(run).body();
    assertThat(view.path("state").asText()).as(view.toString()).isEqualTo("ENDED");
    assertThat(view.get("broken")).isEmpty();
    var inMemory = Runs.inMemory(PlanJson.read(view.get("plan")), List.of(), _ -> {});
    assertThat(view.get("traceHash").asText()).isEqualTo(inMemory.traceHash());
  }

  private static String state(String run) {
    return market().get(run).body().path("state").asText();
  }

  @Test
  void only_parts_of_the_market_are_touched() {
    assertThat(market().post("/v1/processes/init/kill", object()).status()).isEqualTo(404);
    assertThat(market().post("/v1/processes/simulation/kill", object()).status()).isEqualTo(422);
  }

  private static void act(String name, String action, String condition) {
    var reply = market().post("/v1/processes/%s/%s".formatted(name, action), object());
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    assertThat(reply.body().get("condition").asText()).isEqualTo(condition);
    for (var part : market().get("/v1/processes").body()) {
      var own = part.get("name").asText().equals(name);
      assertThat(part.get("condition").asText()).isEqualTo(own ? condition : "running");
    }
  }

  private static String mustPlace() {
    var reply = place(UUID.randomUUID());
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
    return reply.body().get("orderId").asText();
  }

  private static Reply place(UUID key) {
    var body =
        object()
            .put("sellerId", lin().id().toString())
            .put("shippingFeeMinor", 300)
            .put("paymentMethod", "CARD");
    body.putArray("lines").addObject().put("productId", cup).put("quantity", 1);
    body.putObject("deliverTo").put("country", "US");
    return services().call(new Request("placeOrder", ANA, Map.of(), body, key.toString()));
  }

  /// refund-service hears of every order at once, the seller of those that are paid.
  private static void awaitKnown(String order) {
    var body = object().put("orderId", order).put("method", "CARD").put("amountMinor", 1534);
    await()
        .atMost(PATIENCE)
        .ignoreException(ServiceUnavailableException.class)
        .until(() ->
            services().call(new Request("pay", ANA, Map.of(), body, "pay-" + order)).isSuccess());
    var asked =
        new Request(
            "getSellerOrder", lin(), Map.of("orderId", order), object(), UUID.randomUUID() + "");
    await()
        .atMost(PATIENCE)
        .ignoreException(ServiceUnavailableException.class)
        .until(() -> services().call(asked).isSuccess());
  }

  private static JsonNode ask(Caller caller, String operation, ObjectNode body) {
    var reply =
        services()
            .call(new Request(operation, caller, Map.of(), body, UUID.randomUUID().toString()));
    assertThat(reply.isSuccess()).as(reply.body().toString()).isTrue();
    return reply.body();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static LauncherMarket market() {
    return started(running);
  }

  private static Services services() {
    return started(calls);
  }

  private static Caller lin() {
    return started(lin);
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) throw new IllegalStateException("nothing was started");
    return part;
  }
}
