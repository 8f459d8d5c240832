package marketplace.loadtest.market;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.Caller;
import marketplace.loadtest.market.Order.Shelf;
import marketplace.simulation.live.Services;
import marketplace.simulation.memory.MemoryServices;
import marketplace.simulation.world.Catalogue;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import org.jspecify.annotations.Nullable;

/// The running market that the load is put on.
final class Target implements AutoCloseable {
  private static final Duration SETTLE_MAX = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
  private static final int CALLERS = 16;
  private static final int PRICE_MINOR = 2_950;
  private static final String OURSELVES = "00000000-0000-4000-8000-000000000c12";

  private final Map<String, List<URI>> addresses;
  private final AtomicInteger turn = new AtomicInteger();
  private final @Nullable URI simulation;
  private final Catalogue catalogue = new Catalogue(MemoryServices.rules());
  private final Services services;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// @param addresses of all instances of the services, by their names; calls go to them in turn
  /// @param simulation null where nobody keeps the time
  Target(Map<String, List<URI>> addresses, @Nullable URI simulation) {
    this.addresses = Map.copyOf(addresses);
    this.simulation = simulation;
    this.services = new Services(firsts(addresses), catalogue);
  }

  /// Method and address are those of the operation; what the path does not name is left out.
  String url(Request request) {
    var entry = catalogue.find(request.operation());
    var path = entry.operation().path();
    for (var parameter : request.parameters().entrySet()) {
      path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    return next(entry.service()).resolve(path).toString();
  }

  List<String> names() {
    return addresses.keySet().stream().sorted().toList();
  }

  private static Map<String, URI> firsts(Map<String, List<URI>> addresses) {
    return addresses.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, service -> service.getValue().getFirst()));
  }

  private URI first(String service) {
    return instances(service).getFirst();
  }

  private URI next(String service) {
    var instances = instances(service);
    return instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
  }

  private List<URI> instances(String service) {
    var instances = addresses.get(service);
    if (instances == null) throw new IllegalArgumentException("no address of " + service);
    return instances;
  }

  // Before

  /// Sellers with one product each, which order-service knows when this returns.
  List<Shelf> openShops(int count) {
    var shops = together(count, this::openShop);
    settle();
    return shops;
  }

  private Shelf openShop() {
    var seller =
        created(
            new Request(
                "registerSeller",
                new Caller("PLATFORM", UUID.randomUUID()),
                Map.of(),
                object().put("name", "Lin").put("country", "CN").put("type", "STANDARD"),
                UUID.randomUUID().toString()));
    var sellerId = UUID.fromString(seller.path("sellerId").asText());
    var product =
        created(
            new Request(
                "listProduct",
                new Caller("SELLER", sellerId),
                Map.of(),
                object()
                    .put("title", "Lamp")
                    .put("category", "home")
                    .put("priceMinor", PRICE_MINOR)
                    .put("currency", "USD")
                    .put("returnsAllowed", true),
                UUID.randomUUID().toString()));
    return new Shelf(sellerId, UUID.fromString(product.path("productId").asText()));
  }

  /// Orders that stand there to be looked at.
  List<Order> placeOrders(int count, List<Shelf> shops) {
    var orders =
        together(
            count,
            () -> {
              var order =
                  new Order(
                      Life.PLACED,
                      shops.getFirst(),
                      UUID.randomUUID(),
                      UUID.randomUUID().toString());
              order.accepted(created(order.request()), UUID.randomUUID().toString());
              return order;
            });
    settle();
    return orders;
  }

  private JsonNode created(Request request) {
    Reply reply = services.call(request);
    if (!reply.isSuccess()) throw new IllegalStateException(request.operation() + ": " + reply);
    return reply.body();
  }

  private static <T> List<T> together(int count, Callable<T> call) {
    try (var threads = Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory())) {
      List<T> results = new ArrayList<>();
      for (var one : threads.invokeAll(Collections.nCopies(count, call))) {
        results.add(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  // Afterwards

  /// Waits until nothing is on its way between the services: they say so twice, as one round can
  /// miss a message between two of them.
  ///
  /// @return after how many seconds; empty when patience has ended
  OptionalDouble settle() {
    var begin = System.nanoTime();
    var quiet = 0;
    while (System.nanoTime() - begin < SETTLE_MAX.toNanos()) {
      quiet = isQuiet() ? quiet + 1 : 0;
      if (quiet == 2) return OptionalDouble.of((System.nanoTime() - begin) / 1e9);
      try {
        Thread.sleep(LOOK_EVERY);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    return OptionalDouble.empty();
  }

  private boolean isQuiet() {
    return names().stream()
        .allMatch(name ->
            get(first(name), "/v1/simulation/quiescence")
                .map(Target::json)
                .filter(report -> report.path("quiet").asBoolean())
                .isPresent());
  }

  /// What the simulation finds broken over all services, or else the ledgers alone.
  Summary.Invariants invariants() {
    var from = simulation == null ? first("refund-service") : simulation;
    var answer =
        get(from, "/v1/invariants")
            .orElseThrow(() -> new IllegalStateException("no invariants are told by " + from));
    List<String> broken = new ArrayList<>();
    var invariants = json(answer);
    for (var invariant : invariants) {
      if (invariant.path("ok").asBoolean()) continue;
      var first = invariant.path("failures").path(0);
      broken.add(
          "%s: order %s, %s"
              .formatted(
                  invariant.path("id").asText(),
                  first.path("orderId").asText(),
                  first.path("detail").asText()));
    }
    return new Summary.Invariants(broken.isEmpty(), invariants.size(), broken);
  }

  /// A service's own figures, or nothing where it does not answer.
  Optional<String> metrics(String service) {
    return get(first(service), "/q/metrics");
  }

  // Time

  /// Lets time pass where it stands still, so that deadlines pass too.
  ///
  /// @return was it standing?
  boolean wakeClock(long rate) {
    if (!isClockStanding()) return false;
    setClock(object().put("rate", rate));
    return true;
  }

  /// Everything that is due until then, at once, where time stands still.
  ///
  /// @return was it standing?
  boolean leap(Duration by) {
    if (!isClockStanding()) return false;
    setClock(object().put("leapBy", by.toString()));
    return true;
  }

  private boolean isClockStanding() {
    if (simulation == null) return false;
    var clock =
        get(simulation, "/v1/clock")
            .map(Target::json)
            .orElseThrow(() -> new IllegalStateException("no clock at " + simulation));
    return clock.path("rate").asLong() == 0;
  }

  void freezeClock() {
    setClock(object().put("frozen", true));
  }

  private void setClock(JsonNode body) {
    if (simulation == null) throw new IllegalStateException("nobody keeps the time");
    var request =
        HttpRequest.newBuilder(simulation.resolve("/v1/clock"))
            .timeout(ANSWER_MAX)
            .header("X-Role", "SIMULATION")
            .header("X-Actor-Id", OURSELVES)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("the clock was not set: " + response.body());
      }
    } catch (IOException e) {
      throw new IllegalStateException("nobody answers at " + simulation, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Optional<String> get(URI base, String path) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(ANSWER_MAX)
            .header("X-Role", "SIMULATION")
            .header("X-Actor-Id", OURSELVES)
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return ContractJson.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that is no JSON: " + text, e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    services.close();
    http.close();
  }
}
