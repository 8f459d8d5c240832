package marketplace.simulation.race;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import marketplace.eventsourcing.Caller;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.journal.OrderAccount;
import marketplace.simulation.journal.Published;
import marketplace.simulation.race.RaceAction.Actor;
import marketplace.simulation.race.Raced.Act;
import marketplace.simulation.race.Raced.End;
import marketplace.simulation.world.Catalogue;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import marketplace.simulation.world.World;

/// An order of two lamps for 50.00 USD, with people of its own around it. What they do concerns the
/// latest request, parcel, dispute of which they have been told. They may do it at the same time.
final class RacedOrder {
  private static final long PRICE_MINOR = 2500;
  private static final int QUANTITY = 2;
  private static final long GOODWILL_MINOR = 500;
  private static final long OFFER_MINOR = 2000;
  private static final Duration A_WHILE = Duration.ofDays(3);

  /// What a view counts down to without anything happening then.
  private static final String NO_DEADLINE = "deliverBy";

  private static final Set<String> OVER = Set.of("RESOLVED", "WITHDRAWN");

  /// What the buyer is most likely to mean.
  private static final List<String> DISPUTES =
      List.of("CANCELLATION_REFUSED", "DAMAGED", "NOT_RECEIVED");

  private final World world;
  private final Catalogue catalogue;
  private final Supplier<UUID> ids;
  private final Map<Actor, UUID> people = new EnumMap<>(Actor.class);
  private final Map<String, String> known = new ConcurrentHashMap<>();

  private RacedOrder(World world, Catalogue catalogue, Supplier<UUID> ids) {
    this.world = world;
    this.catalogue = catalogue;
    this.ids = ids;
    for (var actor : Actor.values()) people.put(actor, ids.get());
  }

  /// In a world where nobody knows him, somebody buys from somebody, and it comes to the situation.
  static RacedOrder in(World world, Catalogue catalogue, Supplier<UUID> ids, Race race) {
    var order = new RacedOrder(world, catalogue, ids);
    var given = race.given();
    order.place(given.paymentMethod(), race.policy());
    world.settle();
    for (var action : given.before()) {
      var made = order.act(action, world::stepTo);
      if (!made.accepted()) throw new IllegalStateException("not %s: %s".formatted(given, made));
      world.settle();
    }
    return order;
  }

  private void place(String paymentMethod, String policy) {
    var shop = object().put("name", "Lin").put("country", "CN").put("type", "STANDARD");
    var seller = must(as(Actor.PLATFORM, "registerSeller", shop)).get("sellerId").textValue();
    people.put(Actor.SELLER, UUID.fromString(seller));
    var lamp =
        object()
            .put("title", "Lamp")
            .put("category", "home")
            .put("priceMinor", PRICE_MINOR)
            .put("currency", "USD")
            .put("returnsAllowed", true);
    var product = must(as(Actor.SELLER, "listProduct", lamp)).get("productId").textValue();
    world.settle();
    var order =
        object()
            .put("sellerId", seller)
            .put("shippingFeeMinor", 0)
            .put("paymentMethod", paymentMethod)
            .put("policyId", policy);
    order.putArray("lines").addObject().put("productId", product).put("quantity", QUANTITY);
    order.putObject("deliverTo").put("country", "US");
    var placed = must(as(Actor.BUYER, "placeOrder", order));
    known.put("method", paymentMethod);
    learn(placed, "orderId");
    learn(placed.get("lines").get(0), "lineId");
  }

  private static JsonNode must(Reply reply) {
    if (!reply.isSuccess()) throw new IllegalStateException("a race cannot begin: " + reply);
    return reply.body();
  }

  UUID id() {
    return UUID.fromString(orderId());
  }

  private String orderId() {
    return find("orderId").orElseThrow();
  }

  // What they do

  /// @param passTo lets time go on to an instant
  Act act(RaceAction action, Consumer<Instant> passTo) {
    return switch (action) {
      case PAY -> answer(action, pay());
      case FAIL_PAYMENT ->
          about(
              action,
              "providerResult",
              object().put("result", "FAILED").put("code", "EXPIRED_CARD"),
              "paymentId");
      case REQUEST -> answer(action, request(object()));
      case REQUEST_ONE -> answer(action, request(units(1)));
      case WITHDRAW -> about(action, "withdrawCancellation", object(), "cancellationId");
      case ACCEPT_OFFER -> answerOffer(action, "ACCEPTED");
      case REJECT_OFFER -> answerOffer(action, "REJECTED");
      case CONFIRM -> about(action, "confirmReceipt", object());
      case PROCESS -> about(action, "startProcessing", object());
      case APPROVE -> about(action, "approveCancellation", object(), "cancellationId");
      case DECLINE ->
          about(
              action, "declineCancellation", object().put("comment", "Packed."), "cancellationId");
      case OFFER ->
          about(
              action,
              "offerPartialRefund",
              object().put("refundMinor", OFFER_MINOR),
              "cancellationId");
      case SHIP -> about(action, "ship", parcel(object()));
      case SHIP_ONE -> about(action, "ship", parcel(units(1)));
      case CANCEL -> about(action, "cancelBySeller", object().put("reason", "OUT_OF_STOCK"));
      case CANCEL_ONE -> about(action, "cancelBySeller", units(1).put("reason", "OUT_OF_STOCK"));
      case DELIVER ->
          about(action, "reportTracking", object().put("status", "DELIVERED"), "shipmentId");
      case LOSE -> about(action, "reportTracking", object().put("status", "LOST"), "shipmentId");
      case WRITE -> about(action, "sendMessage", object().put("text", "What about my order?"));
      case GOODWILL -> about(action, "grantGoodwill", object().put("amountMinor", GOODWILL_MINOR));
      case DISPUTE -> answer(action, openDispute());
      case CONCEDE -> about(action, "acceptClaim", object(), "disputeId");
      case CONTEST ->
          about(action, "rejectClaim", object().put("comment", "It is fine."), "disputeId");
      case ESCALATE -> about(action, "escalateDispute", object(), "disputeId");
      case UPHOLD -> about(action, "ruleDispute", upheld(), "disputeId");
      case DISMISS ->
          about(
              action,
              "ruleDispute",
              object().put("uphold", "NONE").put("text", "No."),
              "disputeId");
      case RETURN -> answer(action, requestReturn());
      case DEADLINE -> passToDeadline(action, passTo);
      case WAIT -> {
        passTo.accept(world.now().plus(A_WHILE));
        yield new Act(action.word(), true, null);
      }
    };
  }

  private Reply pay() {
    return as(
        Actor.BUYER,
        "pay",
        object()
            .put("orderId", orderId())
            .put("method", known.get("method"))
            .put("amountMinor", PRICE_MINOR * QUANTITY));
  }

  private Reply request(ObjectNode units) {
    return as(Actor.BUYER, "requestCancellation", units.put("reason", "NO_LONGER_NEEDED"));
  }

  private Act answerOffer(RaceAction action, String answer) {
    return about(
        action, "answerOffer", object().put("answer", answer), "cancellationId", "offerId");
  }

  private ObjectNode parcel(ObjectNode units) {
    return units.put("carrier", "POST").put("trackingNumber", "T-" + ids.get());
  }

  private Reply openDispute() {
    var rights = as(Actor.BUYER, "getAfterSale", object()).body().path("canDispute");
    var reason =
        DISPUTES.stream()
            .filter(one -> right(rights, one).path("allowed").asBoolean())
            .findFirst()
            .orElse(DISPUTES.getFirst());
    var body =
        units(disputable(reason))
            .put("orderId", orderId())
            .put("reason", reason)
            .put("remedy", "REFUND_ONLY")
            .put("text", "I want my money back.");
    if (!reason.equals("CANCELLATION_REFUSED")) {
      body.put("claimMinor", right(rights, reason).path("maxClaimMinor").asLong());
    }
    if (reason.equals("DAMAGED")) {
      var photo = as(Actor.BUYER, "draftEvidence", object().put("file", "a photo of it"));
      body.putArray("evidenceIds").add(photo.body().path("evidenceId").asText());
    }
    return as(Actor.BUYER, "openDispute", body);
  }

  private static JsonNode right(JsonNode rights, String reason) {
    for (var one : rights) if (one.path("reason").asText().equals(reason)) return one;
    return rights.path("none");
  }

  private int disputable(String reason) {
    var line = order().path("lines").path(0);
    var count =
        switch (reason) {
          case "CANCELLATION_REFUSED" -> line.path("open").asInt();
          case "NOT_RECEIVED" -> line.path("shipped").asInt();
          default -> line.path("delivered").asInt();
        };
    return Math.max(1, count);
  }

  private ObjectNode upheld() {
    return object()
        .put("uphold", "FULL")
        .put("awardMinor", dispute().path("claimMinor").asLong())
        .put("fault", "SELLER")
        .put("returnRequired", false)
        .put("text", "So be it.");
  }

  private Reply requestReturn() {
    return as(
        Actor.BUYER,
        "requestReturn",
        units(QUANTITY).put("orderId", orderId()).put("reason", "NO_LONGER_NEEDED"));
  }

  private Act passToDeadline(RaceAction action, Consumer<Instant> passTo) {
    var next = deadlines().filter(at -> at.isAfter(world.now())).min(Instant::compareTo);
    if (next.isEmpty()) return new Act(action.word(), false, "NO_DEADLINE");
    passTo.accept(next.get());
    return new Act(action.word(), true, null);
  }

  private Stream<Instant> deadlines() {
    List<Instant> found = new ArrayList<>();
    for (var countdown : order().path("countdowns")) {
      if (!countdown.get("name").textValue().equals(NO_DEADLINE))
        found.add(instant(countdown, "at"));
    }
    var dispute = dispute();
    if (!OVER.contains(dispute.path("state").asText())) {
      for (var name : List.of("sellerReplyBy", "negotiateUntil", "ruleBy")) {
        if (dispute.path(name).isTextual()) found.add(instant(dispute, name));
      }
    }
    return found.stream();
  }

  private static Instant instant(JsonNode json, String field) {
    return Instant.parse(json.get(field).textValue());
  }

  private JsonNode order() {
    return as(Actor.BUYER, "getOrder", object()).body();
  }

  private JsonNode dispute() {
    return find("disputeId").isEmpty() ? object() : as(Actor.BUYER, "getDispute", object()).body();
  }

  // What came of it

  /// To be asked when everybody has heard of everything.
  End end() {
    var order = order();
    var request = order.path("request");
    var outcome = request.path("outcome");
    var money = account();
    return new End(
        order.path("status").asText(),
        outcome.isTextual() ? outcome.textValue() : request.path("state").asText("NONE"),
        order.path("refund").path("state").asText(),
        dispute().path("state").asText("NONE"),
        money.captured(),
        money.refunded(),
        money.paidOut(),
        money.captured() - money.refunded() - money.paidOut());
  }

  /// What must be true whatever is still on its way.
  List<Broken> brokenAnytime() {
    return account().broken();
  }

  /// To be asked when everybody has heard of everything. What is only true at the end is asked of
  /// orders that are at their end.
  List<Broken> broken() {
    var account = account();
    return account.isFinal() ? account.settled() : account.broken();
  }

  List<Published> events() {
    return world.journal().of(id());
  }

  private OrderAccount account() {
    var account = new OrderAccount(id());
    events().forEach(account::watch);
    return account;
  }

  // Means

  /// @param needed ids without which there is nothing to do it to, so that nobody can ask for it
  private Act about(RaceAction action, String operation, ObjectNode body, String... needed) {
    for (var id : needed) {
      if (find(id).isEmpty()) return new Act(action.word(), false, "NOTHING_THERE");
    }
    return answer(action, as(action.actor(), operation, body));
  }

  private static Act answer(RaceAction action, Reply reply) {
    if (reply.isSuccess()) return new Act(action.word(), true, null);
    return new Act(action.word(), false, reply.body().path("code").asText());
  }

  /// Whatever ids are known go into the path where it has a place for them.
  private Reply as(Actor actor, String operation, JsonNode body) {
    var caller = new Caller(actor.name(), person(actor));
    var reply =
        world.call(
            new Request(operation, caller, parameters(operation), body, ids.get().toString()));
    if (reply.isSuccess()) {
      learn(reply.body(), "paymentId");
      learn(reply.body().path("cancellation"), "cancellationId");
      if (operation.equals("offerPartialRefund")) learn(reply.body(), "offerId");
      learn(reply.body(), "shipmentId");
      if (operation.equals("openDispute")) learn(reply.body(), "disputeId");
    }
    return reply;
  }

  private Map<String, String> parameters(String operation) {
    var path = catalogue.find(operation).operation().path();
    return known.entrySet().stream()
        .filter(id -> path.contains("{" + id.getKey() + "}"))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private UUID person(Actor actor) {
    return Optional.ofNullable(people.get(actor)).orElseThrow();
  }

  private Optional<String> find(String id) {
    return Optional.ofNullable(known.get(id));
  }

  private void learn(JsonNode json, String field) {
    if (json.path(field).isTextual()) known.put(field, json.get(field).textValue());
  }

  private ObjectNode units(int quantity) {
    var body = object();
    body.putArray("units")
        .addObject()
        .put("lineId", find("lineId").orElseThrow())
        .put("quantity", quantity);
    return body;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
