package marketplace.simulation.population;

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
import java.util.function.BooleanSupplier;
import marketplace.eventsourcing.Caller;
import marketplace.simulation.live.LiveClock;
import marketplace.simulation.live.ServiceUnavailableException;
import marketplace.simulation.live.Services;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import org.jboss.logging.Logger;

/// A small market: buyers who place, pay and change their minds, sellers who approve, decline,
/// offer a part, ship or keep silent, and a carrier who always delivers in the end. Everybody has a
/// diary of what he will do when; a refusal is taken as it is, as people do.
public final class Population {
  private static final Logger LOG = Logger.getLogger(Population.class);

  private static final int SELLERS = 5;
  private static final int BUYERS = 40;
  private static final int ORDERS_MAX = 1_000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final List<String> REASONS =
      List.of("NO_LONGER_NEEDED", "FOUND_BETTER_OFFER", "ORDERED_WRONG_ITEM", "SELLER_TOO_SLOW");
  private static final List<String> METHODS =
      List.of("CARD", "CARD", "PAYPAL", "APPLE_PAY", "WALLET", "BANK_TRANSFER");
  private static final List<Ware> WARES =
      List.of(
          new Ware("Cup", 1234),
          new Ware("Lamp", 2950),
          new Ware("Headphones", 4500),
          new Ware("Bag", 6000));

  private final Services services;
  private final LiveClock clock;
  private final SplittableRandom random;
  private final PriorityQueue<Entry> diary =
      new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingInt(Entry::number));
  private final List<Shelf> shelves = new ArrayList<>();
  private final List<UUID> buyers = new ArrayList<>();
  private int entries;
  private int orders;
  private int sellers;

  private record Ware(String title, long priceMinor) {}

  private record Shelf(UUID sellerId, UUID productId) {}

  private record Entry(Instant at, int number, Runnable action) {}

  /// One order on its way through this small world.
  private record Life(UUID buyerId, UUID sellerId, UUID orderId, long totalMinor, String method) {}

  public Population(Services services, LiveClock clock, long seed) {
    this.services = services;
    this.clock = clock;
    this.random = new SplittableRandom(seed);
  }

  /// Lives until it is told to stop; while time stands still nobody moves.
  public void live(BooleanSupplier stopped) {
    try {
      settleDown();
      enter(Duration.ZERO, this::newOrder);
      while (!stopped.getAsBoolean()) {
        if (clock.rate() > 0) actUntil(clock.now());
        Thread.sleep(LOOK_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      LOG.error("nobody could settle down", e);
    }
  }

  private void settleDown() {
    for (var i = 0; i < BUYERS; i++) buyers.add(id());
    for (var i = 0; i < SELLERS; i++) openShop();
  }

  private void openShop() {
    var name = "Seller " + ++sellers;
    var seller = object().put("name", name).put("country", "CN").put("type", "STANDARD");
    var sellerId = created("registerSeller", "PLATFORM", id(), seller, "sellerId");
    for (var ware : WARES) {
      var product =
          object()
              .put("title", ware.title())
              .put("category", "home")
              .put("priceMinor", ware.priceMinor())
              .put("currency", "USD")
              .put("returnsAllowed", true);
      shelves.add(
          new Shelf(sellerId, created("listProduct", "SELLER", sellerId, product, "productId")));
    }
  }

  /// Whose record lets him take no orders makes room for somebody new.
  private void makeRoom(UUID sellerId) {
    shelves.removeIf(shelf -> shelf.sellerId().equals(sellerId));
    openShop();
  }

  private UUID created(String operation, String role, UUID caller, JsonNode body, String idField) {
    var reply = call(operation, role, caller, Map.of(), body);
    if (!reply.isSuccess()) throw new IllegalStateException(operation + ": " + reply);
    return UUID.fromString(reply.body().get(idField).textValue());
  }

  private void actUntil(Instant now) {
    for (var next = diary.peek(); next != null && !next.at().isAfter(now); next = diary.peek()) {
      diary.remove();
      try {
        next.action().run();
      } catch (ServiceUnavailableException e) {
        LOG.infof("somebody was not heard: %s", e.getMessage());
      }
    }
  }

  private void enter(Duration in, Runnable action) {
    diary.add(new Entry(clock.now().plus(in), entries++, action));
  }

  // What people do

  private void newOrder() {
    if (++orders < ORDERS_MAX) enter(minutes(30, 90), this::newOrder);
    var shelf = pick(shelves);
    var buyerId = pick(buyers);
    var method = chance(5) ? "CASH_ON_DELIVERY" : pick(METHODS);
    var body =
        object()
            .put("sellerId", shelf.sellerId().toString())
            .put("shippingFeeMinor", 100 * random.nextInt(6))
            .put("paymentMethod", method);
    body.putArray("lines")
        .addObject()
        .put("productId", shelf.productId().toString())
        .put("quantity", 1 + random.nextInt(3));
    body.putObject("deliverTo").put("country", "US");
    var reply = call("placeOrder", "BUYER", buyerId, Map.of(), body);
    if (reply.body().path("code").asText().equals("SELLER_NOT_ACCEPTING")) {
      makeRoom(shelf.sellerId());
    }
    if (!reply.isSuccess()) return;
    var life =
        new Life(
            buyerId,
            shelf.sellerId(),
            UUID.fromString(reply.body().get("orderId").textValue()),
            reply.body().get("totalMinor").longValue(),
            method);
    if (chance(8)) {
      enter(hours(1, 40), () -> ask(life));
    } else {
      if (!method.equals("CASH_ON_DELIVERY") && chance(92)) enter(minutes(5, 300), () -> pay(life));
      plan(life);
    }
  }

  private void plan(Life life) {
    if (chance(35)) enter(hours(6, 30), () -> ask(life));
    if (chance(85)) enter(hours(20, 120), () -> ship(life));
    else if (chance(40)) enter(hours(20, 120), () -> sellerCancels(life));
  }

  private void pay(Life life) {
    var body =
        object()
            .put("orderId", life.orderId().toString())
            .put("method", life.method())
            .put("amountMinor", life.totalMinor());
    call("pay", "BUYER", life.buyerId(), Map.of(), body);
  }

  private void ask(Life life) {
    var reply =
        call(
            "requestCancellation",
            "BUYER",
            life.buyerId(),
            path("orderId", life.orderId()),
            object().put("reason", pick(REASONS)));
    var request = reply.body().path("cancellation").path("cancellationId");
    if (!request.isTextual()) return;
    var cancellationId = UUID.fromString(request.textValue());
    var dice = random.nextInt(100);
    if (dice < 50) enter(hours(2, 60), () -> answer("approveCancellation", life, cancellationId));
    else if (dice < 65)
      enter(hours(2, 60), () -> answer("declineCancellation", life, cancellationId));
    else if (dice < 75) enter(hours(1, 20), () -> ship(life));
    else if (dice < 85) enter(hours(2, 30), () -> offer(life, cancellationId));
    else if (dice < 90) enter(hours(2, 30), () -> withdraw(life, cancellationId));
  }

  private void answer(String operation, Life life, UUID cancellationId) {
    call(
        operation,
        "SELLER",
        life.sellerId(),
        path("cancellationId", cancellationId),
        object().put("comment", "As you like."));
  }

  private void offer(Life life, UUID cancellationId) {
    var reply =
        call(
            "offerPartialRefund",
            "SELLER",
            life.sellerId(),
            path("cancellationId", cancellationId),
            object().put("refundMinor", Math.max(1, life.totalMinor() / 2)));
    var offerId = reply.body().path("offerId");
    if (!offerId.isTextual() || chance(20)) return;
    var parameters =
        Map.of(
            "orderId", life.orderId().toString(),
            "cancellationId", cancellationId.toString(),
            "offerId", offerId.textValue());
    enter(
        hours(1, 30),
        () ->
            call(
                "answerOffer",
                "BUYER",
                life.buyerId(),
                parameters,
                object().put("answer", chance(60) ? "ACCEPTED" : "REJECTED")));
  }

  private void withdraw(Life life, UUID cancellationId) {
    var parameters =
        Map.of("orderId", life.orderId().toString(), "cancellationId", cancellationId.toString());
    call("withdrawCancellation", "BUYER", life.buyerId(), parameters, object());
  }

  private void ship(Life life) {
    var reply =
        call(
            "ship",
            "SELLER",
            life.sellerId(),
            path("orderId", life.orderId()),
            object().put("carrier", "POST").put("trackingNumber", "P-" + id()));
    var shipment = reply.body().path("shipmentId");
    if (!shipment.isTextual()) return;
    var shipmentId = UUID.fromString(shipment.textValue());
    enter(hours(8 * 24, 20 * 24), () -> deliver(life, shipmentId));
  }

  private void deliver(Life life, UUID shipmentId) {
    call(
        "reportTracking",
        "CARRIER",
        id(),
        path("shipmentId", shipmentId),
        object().put("status", "DELIVERED"));
    if (chance(30)) enter(hours(5, 100), () -> confirmReceipt(life));
  }

  /// Most who take the trouble to say that it has come are content.
  private void confirmReceipt(Life life) {
    var order = path("orderId", life.orderId());
    call("confirmReceipt", "BUYER", life.buyerId(), order, object());
    if (chance(50)) {
      var stars = chance(80) ? 5 : 1 + random.nextInt(5);
      call("review", "BUYER", life.buyerId(), order, object().put("stars", stars));
    }
  }

  private void sellerCancels(Life life) {
    call(
        "cancelBySeller",
        "SELLER",
        life.sellerId(),
        path("orderId", life.orderId()),
        object().put("reason", "OUT_OF_STOCK"));
  }

  // Means

  private Reply call(
      String operation, String role, UUID caller, Map<String, String> parameters, JsonNode body) {
    var reply =
        services.call(
            new Request(operation, new Caller(role, caller), parameters, body, id().toString()));
    if (!reply.isSuccess()) LOG.debugf("%s was answered %s", operation, reply);
    return reply;
  }

  private static Map<String, String> path(String name, UUID id) {
    return Map.of(name, id.toString());
  }

  /// Keys and people must be new after a restart too, so they are not of the seed.
  private static UUID id() {
    return UUID.randomUUID();
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Duration hours(int from, int to) {
    return minutes(from * 60, to * 60);
  }

  private Duration minutes(int from, int to) {
    return Duration.ofMinutes(random.nextInt(from, to));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
