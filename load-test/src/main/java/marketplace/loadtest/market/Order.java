package marketplace.loadtest.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import marketplace.eventsourcing.Caller;
import marketplace.simulation.world.Request;

/// One order on its way, as those who have to do with it know it.
final class Order {
  private static final UUID CARRIER = UUID.fromString("00000000-0000-4000-8000-00000000ca44");
  private static final String[] IDS = {
    "orderId", "cancellationId", "offerId", "shipmentId", "disputeId"
  };

  private final Life life;
  private final Shelf shelf;
  private final UUID buyerId;

  /// What answers have told, by the field's name.
  private final Map<String, String> ids = new HashMap<>();

  private long totalMinor;
  private int next;
  private int attempts;
  private String key;

  /// Of a seller, with the one product that he sells.
  record Shelf(UUID sellerId, UUID productId) {}

  Order(Life life, Shelf shelf, UUID buyerId, String key) {
    this.life = life;
    this.shelf = shelf;
    this.buyerId = buyerId;
    this.key = key;
  }

  Life life() {
    return life;
  }

  Step step() {
    return life.steps().get(next);
  }

  /// How often the step at hand has been refused or has failed.
  int attempts() {
    return attempts;
  }

  boolean isOver() {
    return next >= life.steps().size();
  }

  /// Has a service answered that it exists?
  boolean isKnown() {
    return ids.containsKey("orderId");
  }

  UUID orderId() {
    return UUID.fromString(id("orderId"));
  }

  /// The same key again: whether the last attempt has arrived is not known.
  void failed() {
    attempts++;
  }

  /// The next attempt is a new question.
  void refused(String newKey) {
    attempts++;
    key = newKey;
  }

  void accepted(JsonNode answer, String newKey) {
    learn(answer);
    learn(answer.path("cancellation"));
    attempts = 0;
    key = newKey;
    next++;
    // Who asked before the payment was known here has cancelled for good.
    if (answer.path("result").asText().equals("CANCELLED")) next = life.steps().size();
  }

  private void learn(JsonNode answer) {
    for (var name : IDS) {
      if (answer.path(name).isTextual()) ids.put(name, answer.get(name).textValue());
    }
    if (answer.path("lines").path(0).has("lineId")) {
      ids.put("lineId", answer.at("/lines/0/lineId").textValue());
      totalMinor = answer.path("totalMinor").longValue();
    }
  }

  Request look(View view) {
    var role = view.role();
    return new Request(
        view.operation(),
        new Caller(role, role.equals("SELLER") ? shelf.sellerId() : buyerId),
        view.operation().startsWith("list") ? Map.of() : Map.of("orderId", id("orderId")),
        object(),
        key);
  }

  /// What the step at hand asks of whom.
  Request request() {
    return switch (step()) {
      case PLACE -> buyer(placing());
      case PAY ->
          buyer(
              object()
                  .put("orderId", id("orderId"))
                  .put("method", life.paymentMethod())
                  .put("amountMinor", totalMinor));
      case ASK -> buyer(object().put("reason", "NO_LONGER_NEEDED"));
      case WITHDRAW, CONFIRM -> buyer(object());
      case ACCEPT_OFFER -> buyer(object().put("answer", "ACCEPTED"));
      case REVIEW -> buyer(object().put("stars", 5));
      case WRITE -> buyer(object().put("text", "What about my order?"));
      case DISPUTE_REFUSAL -> buyer(claim("CANCELLATION_REFUSED"));
      case DISPUTE_DELIVERY -> buyer(claim("NOT_RECEIVED").put("claimMinor", totalMinor));
      case BEGIN, ACCEPT_CLAIM -> seller(object());
      case APPROVE, DECLINE -> seller(object().put("comment", "As you like."));
      case OFFER -> seller(object().put("refundMinor", totalMinor / 2));
      case SHIP ->
          seller(object().put("carrier", "POST").put("trackingNumber", "L-" + id("orderId")));
      case DELIVER -> by("CARRIER", CARRIER, object().put("status", "DELIVERED"));
    };
  }

  private ObjectNode placing() {
    var body =
        object()
            .put("sellerId", shelf.sellerId().toString())
            .put("shippingFeeMinor", 300)
            .put("paymentMethod", life.paymentMethod());
    body.putArray("lines")
        .addObject()
        .put("productId", shelf.productId().toString())
        .put("quantity", 1);
    body.putObject("deliverTo").put("country", "US");
    return body;
  }

  private ObjectNode claim(String reason) {
    var body =
        object()
            .put("orderId", id("orderId"))
            .put("reason", reason)
            .put("remedy", "REFUND_ONLY")
            .put("text", "Please look into it.");
    body.putArray("units").addObject().put("lineId", id("lineId")).put("quantity", 1);
    return body;
  }

  private Request buyer(ObjectNode body) {
    return by("BUYER", buyerId, body);
  }

  private Request seller(ObjectNode body) {
    return by("SELLER", shelf.sellerId(), body);
  }

  private Request by(String role, UUID caller, ObjectNode body) {
    return new Request(step().operation(), new Caller(role, caller), Map.copyOf(ids), body, key);
  }

  private String id(String name) {
    var id = ids.get(name);
    if (id == null) throw new IllegalStateException("no " + name + " was told before " + step());
    return id;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
