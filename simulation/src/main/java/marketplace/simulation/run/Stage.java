package marketplace.simulation.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import marketplace.eventsourcing.Caller;
import marketplace.kernel.PolicySet;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import marketplace.simulation.world.World;

/// The world with the people of a run in it: who they are, what their shops sell, and what they
/// have in mind to do.
final class Stage {
  /// In minor units, of the first product of each shop, the second, …
  private static final List<Integer> PRICES = List.of(1234, 2950, 4500, 6000, 899);

  /// The rules of a service are replaced all at once, and limited.
  private static final int FAULTS_KEPT = 90;

  private final World world;
  private final RunPlan plan;
  private final Function<String, PolicySet> policies;
  private final Supplier<UUID> ids;
  private final Agenda agenda = new Agenda();
  private final UUID platform;
  private final UUID carrier;
  private final UUID provider;
  private final Map<Integer, UUID> buyers = new ConcurrentHashMap<>();
  private final Map<Integer, Shop> shops = new ConcurrentHashMap<>();
  private final List<ObjectNode> faults = new ArrayList<>();

  record Shop(UUID sellerId, List<UUID> products) {}

  /// @param ids that nobody in this world has used
  Stage(World world, RunPlan plan, Function<String, PolicySet> policies, Supplier<UUID> ids) {
    this.world = world;
    this.plan = plan;
    this.policies = policies;
    this.ids = ids;
    this.platform = ids.get();
    this.carrier = ids.get();
    this.provider = ids.get();
  }

  Agenda agenda() {
    return agenda;
  }

  RunPlan plan() {
    return plan;
  }

  Instant now() {
    return world.now();
  }

  PolicySet policyOf(int order) {
    return policies.apply(plan.policyOf(order));
  }

  /// At the first full tick from then on, and never now: who has just acted waits for the next one.
  void after(Duration delay, int order, Runnable act) {
    var tick = plan.workload().tick();
    var earliest = Duration.between(plan.start(), now().plus(delay)).toMillis();
    var ticks = Math.ceilDiv(earliest, tick.toMillis());
    var at = plan.start().plus(tick.multipliedBy(ticks));
    agenda.add(at.isAfter(now()) ? at : at.plus(tick), order, act);
  }

  // Who there is

  void openShop(int seller) {
    var body =
        object().put("name", "Seller " + seller).put("country", "CN").put("type", "STANDARD");
    var sellerId = created("registerSeller", "PLATFORM", platform, body, "sellerId");
    List<UUID> products = new ArrayList<>();
    for (var product = 0; product < Fates.PRODUCTS; product++) {
      var listed =
          object()
              .put("title", "Product " + product)
              .put("category", "home")
              .put("priceMinor", PRICES.get(product))
              .put("currency", "USD")
              .put("returnsAllowed", true);
      products.add(created("listProduct", "SELLER", sellerId, listed, "productId"));
    }
    shops.put(seller, new Shop(sellerId, products));
  }

  private UUID created(String operation, String role, UUID caller, JsonNode body, String idField) {
    var reply = call(operation, role, caller, Map.of(), body);
    if (!reply.isSuccess()) throw new IllegalStateException(operation + ": " + reply);
    return UUID.fromString(reply.body().get(idField).textValue());
  }

  Shop shop(int seller) {
    var shop = shops.get(seller);
    if (shop == null) throw new IllegalStateException("seller %d has no shop".formatted(seller));
    return shop;
  }

  UUID buyer(int buyer) {
    return buyers.computeIfAbsent(buyer, _ -> ids.get());
  }

  // What they do

  Reply asPlatform(String operation, Map<String, String> parameters, JsonNode body) {
    return call(operation, "PLATFORM", platform, parameters, body);
  }

  Reply asCarrier(String operation, Map<String, String> parameters, JsonNode body) {
    return call(operation, "CARRIER", carrier, parameters, body);
  }

  Reply asProvider(String operation, Map<String, String> parameters, JsonNode body) {
    return call(operation, "PROVIDER", provider, parameters, body);
  }

  Reply call(
      String operation, String role, UUID caller, Map<String, String> parameters, JsonNode body) {
    return world.call(
        new Request(operation, new Caller(role, caller), parameters, body, ids.get().toString()));
  }

  /// The provider refuses the next refund of this order once.
  synchronized void refuseRefundOnce(String orderId) {
    if (faults.size() == FAULTS_KEPT) faults.removeFirst();
    faults.add(
        object()
            .put("kind", "PROVIDER_REFUSES")
            .put("code", "EXPIRED_CARD")
            .put("times", 1)
            .put("orderId", orderId));
    tellFaults();
  }

  synchronized void forgetFaults() {
    if (faults.isEmpty()) return;
    faults.clear();
    tellFaults();
  }

  private void tellFaults() {
    var rules = object();
    rules.putArray("rules").addAll(faults);
    world.setFaults("refund-service", rules);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
