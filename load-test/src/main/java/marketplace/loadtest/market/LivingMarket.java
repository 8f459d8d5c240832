package marketplace.loadtest.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import marketplace.eventsourcing.Caller;
import marketplace.loadtest.market.Order.Shelf;
import marketplace.simulation.journal.Published;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.world.Request;
import marketplace.simulation.world.StoredFact;

/// A market in memory with some shops in which orders live by a mix, once: from the opening to the
/// last deadline.
final class LivingMarket {
  static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  /// Then even the after-sale window of the last order is closed.
  static final Instant END = START.plus(Duration.ofDays(200));

  /// What comes of them must be held.
  private static final int ORDERS = 100;

  private static final int SELLERS = 5;
  private static final Duration PLACED_WITHIN = Duration.ofDays(30);
  private static final int THINK_HOURS_MIN = 1;
  private static final int THINK_HOURS_MAX = 30;

  private final Mix mix;
  private final SplittableRandom random;
  private final SeededIds ids;
  private final MemoryMarket market;
  private final List<Published> told = new ArrayList<>();
  private final PriorityQueue<Entry> agenda =
      new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingInt(Entry::number));
  private int entries;

  /// What has come of it.
  ///
  /// @param told in the order in which it was published
  /// @param stored of each order
  record Lived(List<Published> told, List<List<StoredFact>> stored) {}

  private record Entry(Instant at, int number, Order order) {}

  LivingMarket(Mix mix, long seed) {
    this.mix = mix;
    this.random = new SplittableRandom(seed);
    this.ids = new SeededIds(seed);
    this.market = new MemoryMarket(START, ids);
    market.onPublished(told::add);
  }

  Lived live() {
    var shops = openShops();
    List<Order> orders = new ArrayList<>();
    for (var i = 0; i < ORDERS; i++) {
      var shop = shops.get(random.nextInt(shops.size()));
      var order = new Order(mix.draw(random), shop, ids.next(), ids.next().toString());
      orders.add(order);
      enter(START.plus(PLACED_WITHIN.dividedBy(ORDERS).multipliedBy(i)), order);
    }
    for (var next = agenda.poll(); next != null; next = agenda.poll()) {
      passTo(next.at());
      act(next.order());
    }
    passTo(END);
    var stored =
        orders.stream().filter(Order::isKnown).map(Order::orderId).map(market::stored).toList();
    return new Lived(told, stored);
  }

  private List<Shelf> openShops() {
    List<Shelf> shops = new ArrayList<>();
    for (var i = 0; i < SELLERS; i++) {
      var seller = object().put("name", "Lin").put("country", "CN").put("type", "STANDARD");
      var sellerId = created("registerSeller", "PLATFORM", ids.next(), seller, "sellerId");
      var product =
          object()
              .put("title", "Lamp")
              .put("category", "home")
              .put("priceMinor", 2_950)
              .put("currency", "USD")
              .put("returnsAllowed", true);
      shops.add(
          new Shelf(sellerId, created("listProduct", "SELLER", sellerId, product, "productId")));
    }
    market.settle();
    return shops;
  }

  private UUID created(String operation, String role, UUID caller, JsonNode body, String field) {
    var reply =
        market.call(
            new Request(
                operation, new Caller(role, caller), Map.of(), body, ids.next().toString()));
    if (!reply.isSuccess()) throw new IllegalStateException(operation + ": " + reply);
    return UUID.fromString(reply.body().path(field).asText());
  }

  /// Everybody hears of everything before the next one acts, so a step is refused only where a
  /// deadline has decided before it: then the people of this order have nothing left to do.
  private void act(Order order) {
    var reply = market.call(order.request());
    market.settle();
    if (!reply.isSuccess()) return;
    order.accepted(reply.body(), ids.next().toString());
    if (!order.isOver()) {
      var hours = random.nextInt(THINK_HOURS_MIN, THINK_HOURS_MAX);
      enter(market.now().plus(Duration.ofHours(hours)), order);
    }
  }

  private void enter(Instant at, Order order) {
    agenda.add(new Entry(at, entries++, order));
  }

  private void passTo(Instant to) {
    for (var due = market.nextDeadline(); due.isPresent(); due = market.nextDeadline()) {
      var at = due.get().stream().deadline().dueAt();
      if (at.isAfter(to)) break;
      if (at.isAfter(market.now())) market.goTo(at);
      market.fire(due.get());
      market.settle();
    }
    if (to.isAfter(market.now())) market.goTo(to);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
