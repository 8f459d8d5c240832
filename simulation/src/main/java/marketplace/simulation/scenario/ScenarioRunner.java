package marketplace.simulation.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import marketplace.contracts.ContractJson;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.SellerMessage;
import marketplace.eventsourcing.Caller;
import marketplace.simulation.journal.OrderAccount;
import marketplace.simulation.journal.PointsAccount;
import marketplace.simulation.journal.Published;
import marketplace.simulation.scenario.Performance.StepResult;
import marketplace.simulation.scenario.Scenario.Actor;
import marketplace.simulation.scenario.Scenario.By;
import marketplace.simulation.scenario.Scenario.ExpectedEvent;
import marketplace.simulation.scenario.Scenario.Finally;
import marketplace.simulation.scenario.Scenario.GivenOrder;
import marketplace.simulation.scenario.Scenario.Injected;
import marketplace.simulation.scenario.Scenario.Money;
import marketplace.simulation.scenario.Scenario.Notifications;
import marketplace.simulation.scenario.Scenario.Step;
import marketplace.simulation.world.Catalogue;
import marketplace.simulation.world.Request;
import marketplace.simulation.world.World;

/// Plays a story in a world, with new people, products and orders each time.
public final class ScenarioRunner {
  private static final ObjectMapper JSON = ContractJson.mapper();
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private final World world;
  private final Catalogue catalogue;
  private final Supplier<UUID> ids;

  /// @param catalogue what can be asked
  /// @param ids for people and idempotency keys
  public ScenarioRunner(World world, Catalogue catalogue, Supplier<UUID> ids) {
    this.world = world;
    this.catalogue = catalogue;
    this.ids = ids;
  }

  /// Plays it from the world's present instant on.
  public Performance play(Scenario scenario) {
    return new Play(scenario, world.now()).play();
  }

  /// Facts that a rule merely disturbs still come, and can be waited for.
  private static boolean holdsSomething(JsonNode rules) {
    for (var rule : rules) {
      if (rule.path("kind").asText().startsWith("HOLD_")) return true;
    }
    return false;
  }

  private final class Play {
    private final Scenario scenario;
    private final Instant start;
    private final Names names;
    private final List<StepResult> results = new ArrayList<>();
    private boolean disturbed;

    Play(Scenario scenario, Instant start) {
      this.scenario = scenario;
      this.start = start;
      this.names = new Names(start, ids);
    }

    Performance play() {
      for (var actor : Actor.values()) names.put(actor.name().toLowerCase(Locale.ROOT), ids.get());
      prepare();
      for (var step : scenario.steps()) {
        if (!step.liveOnly() || world.live()) play(step);
      }
      moveTo(names.time(scenario.ending().at()), By.STEP);
      check(scenario.ending());
      var passed = results.stream().allMatch(StepResult::passed);
      return new Performance(
          scenario.name(), world.live() ? "live" : "memory", start, passed, List.copyOf(results));
    }

    private void prepare() {
      var seller = object().put("name", "S").put("country", "CN").put("type", "STANDARD");
      var registered = mustSucceed("registerSeller", Actor.PLATFORM, Map.of(), seller, "seller");
      names.put("seller", UUID.fromString(registered.get("sellerId").textValue()));
      scenario.given().products().forEach(this::list);
      scenario.given().coupons().forEach(this::grant);
      world.settle();
      scenario.given().orders().forEach(this::place);
      world.settle();
    }

    private void list(String name, JsonNode product) {
      var body = object().put("title", name).put("category", "stories").put("currency", "USD");
      body.put("returnsAllowed", false).putArray("freeReturnCountries");
      product.properties().forEach(field -> body.set(field.getKey(), field.getValue()));
      var answer = mustSucceed("listProduct", Actor.SELLER, Map.of(), body, name);
      names.put(name, UUID.fromString(answer.get("productId").textValue()));
    }

    private void grant(String code, JsonNode coupon) {
      var body = object().put("code", code).put("minSpendMinor", 0);
      names
          .resolve(coupon)
          .properties()
          .forEach(field -> body.set(field.getKey(), field.getValue()));
      var issuer = Actor.valueOf(coupon.get("issuer").textValue());
      var of = Map.of("buyerId", names.id("buyer").toString());
      mustSucceed("grantCoupon", issuer, of, body, code);
    }

    private void place(String name, GivenOrder order) {
      var body =
          object()
              .put("sellerId", names.id("seller").toString())
              .put("shippingFeeMinor", order.shippingFeeMinor())
              .put("paymentMethod", order.paymentMethod())
              .put("policyId", order.policy());
      if (order.coupon() != null) body.put("couponCode", order.coupon());
      body.putObject("deliverTo").put("addressId", ids.get().toString()).put("country", "US");
      var lines = body.putArray("lines");
      order
          .lines()
          .forEach((product, quantity) ->
              lines
                  .addObject()
                  .put("productId", names.id(product).toString())
                  .put("quantity", quantity));
      var placed = mustSucceed("placeOrder", Actor.BUYER, Map.of(), body, name);
      names.learn(name, placed);
      names.put(name, UUID.fromString(placed.get("orderId").textValue()));
      if (!order.paid()) return;
      world.settle();
      var payment =
          object()
              .put("orderId", names.id(name).toString())
              .put("method", order.paymentMethod())
              .put("amountMinor", placed.get("totalMinor").longValue());
      names.learn(name, mustSucceed("pay", Actor.BUYER, Map.of(), payment, name));
    }

    private JsonNode mustSucceed(
        String operation, Actor as, Map<String, String> parameters, JsonNode body, String about) {
      var reply =
          world.call(new Request(operation, caller(as), parameters, body, ids.get().toString()));
      if (!reply.isSuccess()) {
        throw new IllegalStateException(
            "%s for %s was answered %d %s"
                .formatted(operation, about, reply.status(), reply.body()));
      }
      return reply.body();
    }

    private void play(Step step) {
      moveTo(names.time(step.at()), step.by());
      if (!step.faults().isEmpty()) {
        step.faults().forEach((service, rules) -> setFaults(service, names.resolve(rules)));
        disturbed = step.faults().values().stream().anyMatch(ScenarioRunner::holdsSomething);
      }
      var injected = step.inject();
      if (injected != null && step.order() != null) inject(step.order(), injected);
      var operation = step.operation();
      if (operation == null) return;
      var expected = names.resolve(orMissing(step.expect().body()));
      var reply = world.call(request(step, operation));
      if (step.order() != null && reply.isSuccess()) {
        names.learn(step.order(), reply.body());
        if (names.find(step.order()) == null) {
          names.put(step.order(), UUID.fromString(reply.body().path("orderId").asText()));
        }
      }
      var what =
          "%s: %s %s".formatted(step.as().name().toLowerCase(Locale.ROOT), operation, step.with());
      results.add(
          new StepResult(
              world.now(),
              what,
              shown(step, expected),
              object().put("status", reply.status()).set("body", reply.body()),
              Matching.differences(step.expect(), expected, reply)));
    }

    private void inject(String order, Injected injected) {
      var orderId = names.id(order);
      var data = (ObjectNode) names.resolve(injected.data());
      world.inject(
          injected.topic(), orderId, injected.type(), data.put("orderId", orderId.toString()));
    }

    private void setFaults(String service, JsonNode rules) {
      world.setFaults(service, object().set("rules", rules));
    }

    /// What `with` does not name and the path needs is the order's latest id of that name.
    private Request request(Step step, String operationName) {
      var operation = catalogue.find(operationName).operation();
      Map<String, JsonNode> with = new LinkedHashMap<>();
      step.with().forEach((name, value) -> with.put(name, names.resolve(value)));
      Map<String, String> parameters = new HashMap<>();
      var path = PARAMETER.matcher(operation.path());
      while (path.find()) {
        var name = path.group(1);
        var given = with.remove(name);
        parameters.put(name, given != null ? given.asText() : known(step, name));
      }
      var query = operation.method().equals("GET");
      var body = object();
      with.forEach((name, value) -> {
        if (query) parameters.put(name, value.asText());
        else body.set(name, value);
      });
      if (operationName.equals("placeOrder") && !body.has("policyId")) {
        body.put("policyId", scenario.policy());
      }
      var key = step.key() == null ? ids.get().toString() : start + "/" + step.key();
      return new Request(operationName, caller(step.as()), parameters, body, key);
    }

    private String known(Step step, String parameter) {
      var order = step.order();
      if (order == null) throw new IllegalArgumentException(parameter + " is not given");
      if (parameter.equals("orderId")) return names.id(order).toString();
      return names.id(order + "." + parameter).toString();
    }

    private void moveTo(Instant to, By by) {
      if (by == By.LEAP) {
        world.leapTo(to);
        return;
      }
      // Real services would be waited for in vain while a fault holds facts back.
      if (!disturbed || !world.live()) world.settle();
      if (to.isAfter(world.now())) world.stepTo(to);
    }

    private void check(Finally ending) {
      world.settle();
      ending.events().forEach(this::checkEvents);
      ending.orders().forEach(this::checkOrder);
      ending.money().forEach(this::checkMoney);
      ending.notifications().forEach(this::checkNotifications);
      ending.repeats().forEach(this::checkRepeats);
      ending.events().keySet().forEach(this::checkInvariants);
      checkRecord(ending);
      checkRejected(ending);
    }

    private void checkEvents(String order, List<ExpectedEvent> expected) {
      var found =
          world.journal().causalOrderOf(names.id(order)).stream()
              .filter(event -> !isNotification(event))
              .toList();
      var wanted = JsonNodeFactory.instance.arrayNode();
      expected.forEach(event -> wanted.add(event.type()));
      results.add(
          new StepResult(
              world.now(),
              "all events of " + order,
              wanted,
              JSON.valueToTree(found.stream().map(Published::type).toList()),
              EventMatching.differences(expected, found, names)));
    }

    private void checkNotifications(String order, Notifications expected) {
      List<String> buyer = new ArrayList<>();
      List<String> seller = new ArrayList<>();
      for (var event : world.journal().of(names.id(order))) {
        if (event.message() instanceof OrderMessage.BuyerNotified m) buyer.add(m.template());
        if (event.message() instanceof SellerMessage.SellerNotified m) seller.add(m.template());
      }
      JsonNode wanted = JSON.valueToTree(expected.sorted());
      JsonNode there = JSON.valueToTree(new Notifications(buyer, seller).sorted());
      results.add(
          new StepResult(
              world.now(),
              "notifications about " + order,
              wanted,
              there,
              Matching.differences(wanted, there)));
    }

    private void checkOrder(String order, JsonNode expected) {
      var wanted = names.resolve(expected);
      var parameters = Map.of("orderId", names.id(order).toString());
      var reply =
          world.call(
              new Request(
                  "getOrder", caller(Actor.BUYER), parameters, object(), ids.get().toString()));
      results.add(
          new StepResult(
              world.now(),
              "order " + order + " at the end",
              wanted,
              reply.body(),
              Matching.differences(wanted, reply.body())));
    }

    private void checkMoney(String order, Money expected) {
      var account = account(order);
      var found = new Money(account.captured(), account.refunded(), account.paidOut());
      JsonNode wanted = JSON.valueToTree(expected);
      JsonNode there = JSON.valueToTree(found);
      results.add(
          new StepResult(
              world.now(),
              "money of " + order,
              wanted,
              there,
              Matching.differences(wanted, there)));
    }

    /// How many there are is a matter of how much was read at once.
    private void checkRepeats(String order, int atLeast) {
      var found = world.journal().repeatsOf(names.id(order));
      results.add(
          new StepResult(
              world.now(),
              "repeated events of " + order,
              JsonNodeFactory.instance.numberNode(atLeast),
              JsonNodeFactory.instance.numberNode(found),
              found >= atLeast
                  ? List.of()
                  : List.of("expected at least %d, found %d".formatted(atLeast, found))));
    }

    private void checkInvariants(String order) {
      var broken = account(order).settled();
      results.add(
          new StepResult(
              world.now(),
              "invariants of " + order,
              JsonNodeFactory.instance.arrayNode(),
              JSON.valueToTree(broken),
              broken.stream().map(Object::toString).toList()));
    }

    /// What is shown of the seller, and whether it follows from what was told of his orders.
    private void checkRecord(Finally ending) {
      if (ending.record() == null) return;
      var wanted = names.resolve(ending.record());
      var parameters = Map.of("sellerId", names.id("seller").toString());
      var reply =
          world.call(
              new Request(
                  "getSellerRecord",
                  caller(Actor.SELLER),
                  parameters,
                  object(),
                  ids.get().toString()));
      var differences = new ArrayList<>(Matching.differences(wanted, reply.body()));
      var points = new PointsAccount();
      ending
          .events()
          .keySet()
          .forEach(order -> world.journal().of(names.id(order)).forEach(points::watch));
      world.journal().of(names.id("seller")).forEach(points::watch);
      points.settled().forEach(broken -> differences.add(broken.toString()));
      results.add(
          new StepResult(
              world.now(), "the seller's record", wanted, reply.body(), List.copyOf(differences)));
    }

    private void checkRejected(Finally ending) {
      List<String> found = new ArrayList<>();
      for (var order : ending.events().keySet()) {
        world
            .journal()
            .rejectedOf(names.id(order))
            .forEach(fact -> found.add(fact.type() + " by " + fact.by() + ": " + fact.reason()));
      }
      JsonNode wanted = JSON.valueToTree(ending.rejected());
      JsonNode there = JSON.valueToTree(found);
      results.add(
          new StepResult(
              world.now(), "rejected facts", wanted, there, Matching.differences(wanted, there)));
    }

    private OrderAccount account(String order) {
      var account = new OrderAccount(names.id(order));
      world.journal().of(names.id(order)).forEach(account::watch);
      return account;
    }

    private Caller caller(Actor actor) {
      return new Caller(actor.name(), names.id(actor.name().toLowerCase(Locale.ROOT)));
    }
  }

  /// Who was told what is looked at apart from what has happened.
  private static boolean isNotification(Published event) {
    return event.message() instanceof OrderMessage.BuyerNotified
        || event.message() instanceof SellerMessage.SellerNotified;
  }

  private static JsonNode shown(Step step, JsonNode body) {
    var shown = object();
    if (step.expect().status() != null) shown.put("status", step.expect().status());
    if (!body.isMissingNode()) shown.set("body", body);
    if (!step.expect().contains().isEmpty()) {
      shown.set("contains", JSON.valueToTree(step.expect().contains()));
    }
    if (!step.expect().lacks().isEmpty()) {
      shown.set("lacks", JSON.valueToTree(step.expect().lacks()));
    }
    return shown;
  }

  private static JsonNode orMissing(@org.jspecify.annotations.Nullable JsonNode json) {
    return json == null ? MissingNode.getInstance() : json;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
