package marketplace.simulation.lives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import marketplace.eventsourcing.Caller;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import org.jspecify.annotations.Nullable;

/// Whoever calls the services in a life: one of each role. They find fault with the answers.
final class People {
  private static final UUID NO_ORDER = new UUID(0, 0);

  /// Afterwards the same key means something new.
  private static final Duration KEYS_KEPT_FOR = Duration.ofHours(24);

  private final MemoryMarket market;
  private final SeededIds ids;
  private final Consumer<Broken> report;
  private final Map<String, UUID> byRole;
  private Instant lastCalledAt = Instant.MIN;
  private Reply lastReply = new Reply(0, object());

  /// Null while nothing was called, and after a question: it has no key and may be answered anew.
  private @Nullable Request lastRequest;

  private People(
      MemoryMarket market, SeededIds ids, Consumer<Broken> report, Map<String, UUID> byRole) {
    this.market = market;
    this.ids = ids;
    this.report = report;
    this.byRole = byRole;
  }

  /// A buyer, a carrier, the platform, and a seller who is registered by it.
  static People in(MemoryMarket market, SeededIds ids, Consumer<Broken> report) {
    var platform = ids.next();
    var founders = new People(market, ids, report, Map.of("PLATFORM", platform));
    var seller =
        founders.as(
            "PLATFORM",
            "registerSeller",
            Map.of(),
            object().put("name", "Lin").put("country", "CN").put("type", "STANDARD"));
    return new People(
        market,
        ids,
        report,
        Map.of(
            "PLATFORM",
            platform,
            "SELLER",
            UUID.fromString(seller.body().get("sellerId").textValue()),
            "BUYER",
            ids.next(),
            "CARRIER",
            ids.next(),
            "PROVIDER",
            ids.next()));
  }

  String idOf(String role) {
    return caller(role).toString();
  }

  /// An answer may be a refusal, never a fault.
  Reply as(String role, String operation, Map<String, String> parameters, JsonNode body) {
    var caller = new Caller(role, caller(role));
    var request = new Request(operation, caller, parameters, body, ids.next().toString());
    var reply = market.call(request);
    var isQuestion = market.catalogue().find(operation).operation().method().equals("GET");
    lastRequest = isQuestion ? null : request;
    lastReply = reply;
    lastCalledAt = market.now();
    if (reply.status() >= 500) {
      report.accept(new Broken("FAULT", NO_ORDER, operation + " was answered " + reply));
    }
    return reply;
  }

  /// What the last call was answered.
  Reply lastReply() {
    return lastReply;
  }

  /// X5: one effect, and the same answer. What was refused may be granted later.
  void sayAgain() {
    var request = lastRequest;
    if (request == null || !lastReply.isSuccess()) return;
    if (!market.now().isBefore(lastCalledAt.plus(KEYS_KEPT_FOR))) return;
    var again = market.call(request);
    if (again.status() == lastReply.status() && again.body().equals(lastReply.body())) return;
    report.accept(
        new Broken(
            "X5",
            NO_ORDER,
            "%s was answered %s, and then %s".formatted(request.operation(), lastReply, again)));
  }

  private UUID caller(String role) {
    var caller = byRole.get(role);
    if (caller == null) throw new IllegalArgumentException("nobody is " + role);
    return caller;
  }

  static Optional<String> text(Reply reply, String... path) {
    var json = reply.body();
    for (var name : path) json = json.path(name);
    return json.isTextual() ? Optional.of(json.textValue()) : Optional.empty();
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
