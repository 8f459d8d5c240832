package marketplace.simulation.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import marketplace.eventsourcing.Caller;
import marketplace.simulation.memory.MemoryServices;
import marketplace.simulation.world.Catalogue;
import marketplace.simulation.world.Reply;
import org.jspecify.annotations.Nullable;

/// Buyers and a seller who take no silence for an answer: whoever hears nothing, or is told to come
/// back, asks the same again under the same key, of another instance where there is one. What they
/// were told in the end is written down.
final class InsistentPeople implements AutoCloseable {
  private static final int BUYERS = 4;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final Duration INSIST_MAX = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration THOUGHT_MAX = Duration.ofMillis(400);

  /// How often somebody looks whether the seller's side has heard of his order.
  private static final int LOOKS_MAX = 25;

  /// Refusals that ask for another try.
  private static final Set<String> AGAIN =
      Set.of("CONFLICT_RETRY", "ORDER_UNKNOWN", "IDEMPOTENCY_KEY_IN_USE");

  private final Map<String, List<URI>> addresses;
  private final Catalogue catalogue = new Catalogue(MemoryServices.rules());
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger repetitions = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicBoolean awake = new AtomicBoolean(true);
  private final List<Thread> buyers = new ArrayList<>();

  /// A command as whoever asked sees it, once, however often he had to repeat it.
  ///
  /// @param traceparent stands beside every event that follows from it
  record Asked(String service, String operation, String traceparent, int status) {
    boolean isAccepted() {
      return status / 100 == 2;
    }
  }

  private record Shelf(Caller seller, UUID productId) {}

  /// @param addresses of all instances, by the service's name
  InsistentPeople(Map<String, List<URI>> addresses) {
    this.addresses = Map.copyOf(addresses);
  }

  /// Opens the shop and lets the buyers in.
  void start(Random random) {
    var shelf = openShop();
    for (var number = 0; number < BUYERS; number++) {
      var dice = new Random(random.nextLong());
      buyers.add(Thread.ofVirtual().start(() -> shop(shelf, dice)));
    }
  }

  int accepted() {
    return accepted.get();
  }

  int repetitions() {
    return repetitions.get();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /// Returns when everybody has been answered.
  void stop() throws InterruptedException {
    awake.set(false);
    for (var buyer : buyers) buyer.join();
    buyers.clear();
    if (failure.get() != null) throw new AssertionError("a buyer gave up", failure.get());
  }

  private Shelf openShop() {
    var platform = new Caller("PLATFORM", UUID.randomUUID());
    var name = object().put("name", "Lin").put("country", "CN").put("type", "STANDARD");
    var seller =
        new Caller("SELLER", id(ask("registerSeller", platform, Map.of(), name), "sellerId"));
    var cup =
        object()
            .put("title", "Cup")
            .put("category", "home")
            .put("priceMinor", 1234)
            .put("currency", "USD")
            .put("returnsAllowed", true);
    return new Shelf(seller, id(ask("listProduct", seller, Map.of(), cup), "productId"));
  }

  /// A seller whose record lets him take no orders is left for another one.
  private void shop(Shelf first, Random dice) {
    try {
      var shelf = first;
      while (awake.get()) {
        var buyer = new Caller("BUYER", UUID.randomUUID());
        think(dice);
        var order = ask("placeOrder", buyer, Map.of(), order(shelf));
        // At first the product is not known there yet.
        if (order.isSuccess()) buy(shelf, buyer, order.body(), dice);
        else if (order.status() == 409) shelf = openShop();
      }
    } catch (RuntimeException | AssertionError e) {
      failure.set(e);
    }
  }

  /// Most orders are paid; some of them are cancelled, by word or by silence, and some shipped. The
  /// rest is left to the clock.
  private void buy(Shelf shelf, Caller buyer, JsonNode order, Random dice) {
    var orderId = order.get("orderId").textValue();
    think(dice);
    if (dice.nextInt(10) == 0) {
      ask("requestCancellation", buyer, Map.of("orderId", orderId), reason());
      return;
    }
    ask(
        "pay",
        buyer,
        Map.of(),
        object()
            .put("orderId", orderId)
            .put("method", "CARD")
            .put("amountMinor", order.get("totalMinor").longValue()));
    think(dice);
    if (dice.nextBoolean()) regret(shelf, buyer, orderId, dice);
    if (dice.nextInt(3) > 0) ship(shelf, orderId, dice);
  }

  private void regret(Shelf shelf, Caller buyer, String orderId, Random dice) {
    var reply = ask("requestCancellation", buyer, Map.of("orderId", orderId), reason());
    var request = reply.body().path("cancellation").path("cancellationId");
    if (!request.isTextual() || dice.nextInt(3) == 0) return;
    think(dice);
    askUntilKnown(
        dice.nextInt(3) == 0 ? "declineCancellation" : "approveCancellation",
        shelf.seller(),
        Map.of("cancellationId", request.textValue()),
        object().put("comment", "As you like."));
  }

  private void ship(Shelf shelf, String orderId, Random dice) {
    var parcel = object().put("carrier", "POST").put("trackingNumber", "P-" + UUID.randomUUID());
    var reply = askUntilKnown("ship", shelf.seller(), Map.of("orderId", orderId), parcel);
    if (!reply.isSuccess()) return;
    think(dice);
    ask(
        "reportTracking",
        new Caller("CARRIER", UUID.randomUUID()),
        Map.of("shipmentId", reply.body().get("shipmentId").textValue()),
        object().put("status", "DELIVERED"));
  }

  private static ObjectNode order(Shelf shelf) {
    var body =
        object()
            .put("sellerId", shelf.seller().id().toString())
            .put("shippingFeeMinor", 300)
            .put("paymentMethod", "CARD");
    body.putArray("lines")
        .addObject()
        .put("productId", shelf.productId().toString())
        .put("quantity", 2);
    body.putObject("deliverTo").put("country", "US");
    return body;
  }

  private static ObjectNode reason() {
    return object().put("reason", "NO_LONGER_NEEDED");
  }

  /// Each time a new question: the other side has not heard of what it is about.
  private Reply askUntilKnown(
      String operation, Caller caller, Map<String, String> path, JsonNode body) {
    var reply = ask(operation, caller, path, body);
    for (var look = 1; look < LOOKS_MAX && reply.status() == 404; look++) {
      LockSupport.parkNanos(PAUSE.toNanos());
      reply = ask(operation, caller, path, body);
    }
    return reply;
  }

  private Reply ask(String operation, Caller caller, Map<String, String> path, JsonNode body) {
    var entry = catalogue.find(operation);
    var key = UUID.randomUUID().toString();
    var trace = key.replace("-", "");
    var traceparent = "00-%s-%s-01".formatted(trace, trace.substring(16));
    var target = entry.operation().path();
    for (var part : path.entrySet()) {
      target = target.replace("{" + part.getKey() + "}", part.getValue());
    }
    var instances = addresses.getOrDefault(entry.service(), List.of());
    var end = System.nanoTime() + INSIST_MAX.toNanos();
    for (var attempt = 0; System.nanoTime() < end; attempt++) {
      if (attempt > 0) {
        repetitions.incrementAndGet();
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      // By the key, so that each instance is asked first by some.
      var instance = instances.get(Math.floorMod(key.hashCode() + attempt, instances.size()));
      var request =
          HttpRequest.newBuilder(instance.resolve(target))
              .timeout(ANSWER_MAX)
              .header("X-Role", caller.role())
              .header("X-Actor-Id", caller.id().toString())
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", key)
              .header("traceparent", traceparent)
              .POST(BodyPublishers.ofString(body.toString()))
              .build();
      var reply = answerTo(request);
      if (reply.isPresent()) {
        asked.add(new Asked(entry.service(), operation, traceparent, reply.get().status()));
        if (reply.get().isSuccess()) accepted.incrementAndGet();
        return reply.get();
      }
    }
    throw new AssertionError("%s was not answered within %s".formatted(operation, INSIST_MAX));
  }

  /// Yes or no, or nothing that anybody could rely on.
  private Optional<Reply> answerTo(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      var reply = Reply.of(response.statusCode(), response.body());
      var comesBack = reply.status() == 503 || AGAIN.contains(reply.body().path("code").asText());
      return comesBack ? Optional.empty() : Optional.of(reply);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an answer", e);
    }
  }

  private static void think(Random dice) {
    LockSupport.parkNanos(Duration.ofMillis(dice.nextLong(THOUGHT_MAX.toMillis())).toNanos());
  }

  private static UUID id(Reply reply, String field) {
    return UUID.fromString(reply.body().get(field).textValue());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    awake.set(false);
    http.close();
  }
}
