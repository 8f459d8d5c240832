package marketplace.simulation.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.Caller;
import marketplace.simulation.world.Catalogue;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import marketplace.simulation.world.StoredFact;

/// The running services over HTTP.
public final class Services implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final String BOUNDARY = "a-form-of-the-simulation";
  private static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;
  private static final int CALLERS_MAX = 32;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = ContractJson.mapper();
  private static final Caller OURSELVES =
      new Caller("SIMULATION", UUID.fromString("00000000-0000-4000-8000-000000000001"));
  private static final Caller PLATFORM =
      new Caller("PLATFORM", UUID.fromString("00000000-0000-4000-8000-000000000002"));

  private static final Map<String, String> AUDITS =
      new TreeMap<>(
          Map.of(
              "order-service", "/v1/orders/%s/events",
              "seller-service", "/v1/seller-orders/%s/events",
              "refund-service", "/v1/ledger/%s/events",
              "dispute-service", "/v1/orders/%s/after-sale/events"));

  private final Map<String, URI> addresses;
  private final Catalogue catalogue;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .build();

  /// @param addresses by the service's name
  public Services(Map<String, URI> addresses, Catalogue catalogue) {
    this.addresses = Map.copyOf(addresses);
    this.catalogue = catalogue;
  }

  public List<String> names() {
    return addresses.keySet().stream().sorted().toList();
  }

  /// @throws ServiceUnavailableException where nobody answers
  public Reply call(Request request) {
    var entry = catalogue.find(request.operation());
    var operation = entry.operation();
    var path = operation.path();
    List<String> query = new ArrayList<>();
    for (var parameter : request.parameters().entrySet()) {
      var inPath = "{" + parameter.getKey() + "}";
      if (path.contains(inPath)) path = path.replace(inPath, encode(parameter.getValue()));
      else query.add(encode(parameter.getKey()) + "=" + encode(parameter.getValue()));
    }
    if (!query.isEmpty()) path += "?" + String.join("&", query);
    var isQuery = operation.method().equals("GET");
    return send(
        entry.service(),
        operation.method(),
        path,
        request.caller(),
        isQuery ? NullNode.getInstance() : request.body(),
        isQuery ? Map.of() : Map.of("Idempotency-Key", request.idempotencyKey()));
  }

  /// What only the simulation may ask.
  Reply ask(String service, String path) {
    return send(service, "GET", path, OURSELVES, NullNode.getInstance(), Map.of());
  }

  /// Of all services at once, by their names in order: one after the other their answers would add
  /// up, and stepping asks twice for each deadline.
  SortedMap<String, Reply> askAll(String path) {
    Map<String, Future<Reply>> asked = new HashMap<>();
    for (var service : names()) asked.put(service, threads.submit(() -> ask(service, path)));
    SortedMap<String, Reply> replies = new TreeMap<>();
    asked.forEach((service, reply) -> replies.put(service, answer(reply)));
    return replies;
  }

  /// Some callers at the same time. What one of them throws is thrown when all are done.
  void together(List<Runnable> calls) {
    var limit = new Semaphore(CALLERS_MAX);
    List<Future<?>> made = new ArrayList<>();
    for (var call : calls) {
      limit.acquireUninterruptibly();
      made.add(
          threads.submit(() -> {
            try {
              call.run();
            } finally {
              limit.release();
            }
          }));
    }
    RuntimeException failed = null;
    for (var one : made) {
      try {
        answer(one);
      } catch (RuntimeException e) {
        failed = e;
      }
    }
    if (failed != null) throw failed;
  }

  private static <T> T answer(Future<T> asked) {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) throw known;
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException("interrupted while asking the services", e);
    }
  }

  /// From the audit trail of every service that knows the order.
  ///
  /// @throws ServiceUnavailableException where one of them does not tell
  List<StoredFact> stored(UUID orderId) {
    List<StoredFact> facts = new ArrayList<>();
    AUDITS.forEach((service, path) -> {
      var reply =
          send(service, "GET", path.formatted(orderId), PLATFORM, NullNode.getInstance(), Map.of());
      if (reply.status() == 404) return;
      if (!reply.isSuccess()) throw new ServiceUnavailableException(service + ": " + reply);
      for (var entry : reply.body()) {
        facts.add(
            new StoredFact(
                service,
                entry.get("type").textValue(),
                Instant.parse(entry.get("time").textValue()),
                entry.get("data")));
      }
    });
    return facts;
  }

  Reply tell(String service, String path, JsonNode body) {
    return send(service, "POST", path, OURSELVES, body, Map.of());
  }

  private Reply send(
      String service,
      String method,
      String path,
      Caller caller,
      JsonNode body,
      Map<String, String> headers) {
    var address = addresses.get(service);
    if (address == null) throw new IllegalArgumentException("no address of " + service);
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(ANSWER_MAX)
            .header("X-Role", caller.role())
            .header("X-Actor-Id", caller.id().toString())
            .header("Content-Type", body.has("file") ? FORM : "application/json")
            .method(
                method,
                body.isNull()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(
                        body.has("file") ? form(body) : body.toString(), StandardCharsets.UTF_8));
    headers.forEach(request::header);
    try {
      var response = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Reply(response.statusCode(), json(response.body()));
    } catch (IOException e) {
      throw new ServiceUnavailableException(service + " does not answer at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException("interrupted while asking " + service, e);
    }
  }

  /// A file is not sent as JSON but in a form, and what is said of it beside it.
  private static String form(JsonNode body) {
    var text = new StringBuilder();
    for (var part : body.properties()) {
      var file = part.getKey().equals("file") ? "; filename=\"evidence\"" : "";
      text.append("--%s\r\n".formatted(BOUNDARY))
          .append(
              "Content-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
                  .formatted(part.getKey(), file))
          .append(part.getValue().asText())
          .append("\r\n");
    }
    return text.append("--%s--\r\n".formatted(BOUNDARY)).toString();
  }

  private static JsonNode json(String text) {
    if (text.isBlank()) return NullNode.getInstance();
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.close();
  }
}
