package marketplace.simulation.lives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.ServiceRules;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.journal.OrderAccount;
import marketplace.simulation.journal.PointsAccount;
import marketplace.simulation.journal.Published;
import marketplace.simulation.lives.Move.Act;
import marketplace.simulation.lives.Move.CrashConsumer;
import marketplace.simulation.lives.Move.CrashFollower;
import marketplace.simulation.lives.Move.CrashRelay;
import marketplace.simulation.lives.Move.Follow;
import marketplace.simulation.lives.Move.LoseRefunds;
import marketplace.simulation.lives.Move.Pass;
import marketplace.simulation.lives.Move.PassToDeadline;
import marketplace.simulation.lives.Move.Read;
import marketplace.simulation.lives.Move.Relay;
import marketplace.simulation.lives.Move.Settle;
import marketplace.simulation.lives.Move.Wake;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryMarket.Lane;
import marketplace.simulation.memory.MemoryMarket.Reading;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import org.jspecify.annotations.Nullable;

/// A small market in memory in which moves are made, and watched.
final class Life {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  /// Everything is over long before, whatever anybody does: an order after a few months, and points
  /// a year later.
  private static final Duration LONGEST = Duration.ofDays(600);

  /// Afterwards the same key means something new.
  private static final Duration KEYS_KEPT_FOR = Duration.ofHours(24);

  private static final int MESSAGES_A_DAY = 10;

  private static final List<String> METHODS =
      List.of("CARD", "PAYPAL", "WALLET", "CASH", "BANK_TRANSFER", "CASH_ON_DELIVERY");
  private static final List<String> POLICIES =
      List.of("STANDARD_72H", "STANDARD_72H", "DECLINE_3D", "STRICT_24H", "AUTO_BEFORE_PROCESSING");
  private static final List<String> REASONS =
      List.of("NO_LONGER_NEEDED", "SELLER_TOO_SLOW", "WRONG_ADDRESS");

  private final SeededIds ids;
  private final MemoryMarket market;
  private final UUID buyer;
  private final UUID seller;
  private final UUID carrier;
  private final List<UUID> products = new ArrayList<>();
  private final Map<Integer, KnownOrder> orders = new HashMap<>();
  private final Map<UUID, OrderAccount> accounts = new HashMap<>();
  private final PointsAccount points = new PointsAccount();
  private final List<Broken> broken = new ArrayList<>();
  private Instant lastCalledAt = START;
  private final DeadlineTimes deadlineTimes = new DeadlineTimes();
  private Reply lastReply = new Reply(0, object());

  /// Null while nothing was called.
  private @Nullable Request lastRequest;

  /// What somebody who follows an order knows of it.
  private static final class KnownOrder {
    private UUID orderId = new UUID(0, 0);
    private long totalMinor;
    private String method = "CARD";
    private final List<String> lineIds = new ArrayList<>();
    private Optional<String> cancellationId = Optional.empty();
    private Optional<String> offerId = Optional.empty();
    private final List<String> shipmentIds = new ArrayList<>();
    private Optional<String> returnId = Optional.empty();
    private Optional<String> inquiryId = Optional.empty();
  }

  Life(long seed, UnaryOperator<ServiceRules> spoil) {
    this.ids = new SeededIds(seed);
    this.market = new MemoryMarket(START, ids, spoil);
    this.buyer = ids.next();
    this.carrier = ids.next();
    market.onPublished(this::watch);
    var register = object().put("name", "Lin").put("country", "CN").put("type", "STANDARD");
    var registered = call("registerSeller", "PLATFORM", ids.next(), Map.of(), register);
    this.seller = UUID.fromString(registered.body().get("sellerId").textValue());
    for (var price : List.of(1299, 333)) {
      var product =
          object()
              .put("title", "Cup")
              .put("category", "home")
              .put("priceMinor", price)
              .put("currency", "USD")
              .put("returnsAllowed", true);
      var listed = call("listProduct", "SELLER", seller, Map.of(), product);
      products.add(UUID.fromString(listed.body().get("productId").textValue()));
    }
    market.settle();
  }

  /// From now on, ids follow from this: so that a move makes the same ids whenever it is made.
  void reseed(long seed) {
    ids.reseed(seed);
  }

  /// What the last call was answered.
  Reply lastReply() {
    return lastReply;
  }

  Reply ask(String operation, String role, int order) {
    var caller = role.equals("SELLER") ? seller : buyer;
    var known = Objects.requireNonNull(orders.get(order));
    return call(operation, role, caller, Map.of("orderId", known.orderId.toString()), object());
  }

  MemoryMarket market() {
    return market;
  }

  /// What was found wrong up to now.
  List<Broken> broken() {
    return broken;
  }

  boolean isPlaced(int order) {
    return orders.containsKey(order);
  }

  int orderOf(UUID orderId) {
    for (var entry : orders.entrySet()) {
      if (entry.getValue().orderId.equals(orderId)) return entry.getKey();
    }
    return -1;
  }

  /// A move that is not possible now is passed over.
  void make(Move move) {
    switch (move) {
      case Act act -> act(act);
      case Relay(var service) -> {
        if (market.unrelayed(service) > 0) market.relay(service);
      }
      case Follow(var service) -> market.followUp(service);
      case Read(var service, var topic, var order) ->
          reading(service, topic, order)
              .filter(market.unread()::contains)
              .ifPresent(market::deliver);
      case Wake() ->
          market
              .nextDeadline()
              .filter(due -> !due.stream().deadline().dueAt().isAfter(market.now()))
              .ifPresent(market::fire);
      case Pass(var time) -> market.goTo(market.now().plus(time));
      case PassToDeadline() ->
          market
              .nextDeadline()
              .map(due -> due.stream().deadline().dueAt())
              .filter(due -> due.isAfter(market.now()))
              .ifPresent(market::goTo);
      case Settle() -> market.settle();
      case LoseRefunds() -> loseRefunds();
      case CrashRelay(var service, var repeated) -> market.crashRelay(service, repeated);
      case CrashFollower(var service, var repeated) -> market.crashFollower(service, repeated);
      case CrashConsumer(var service, var topic, var order, var repeated) ->
          reading(service, topic, order)
              .ifPresent(reading -> market.crashConsumer(reading, repeated));
    }
  }

  private Optional<Reading> reading(String service, String topic, int order) {
    var known = orders.get(order);
    return known == null
        ? Optional.empty()
        : Optional.of(new Reading(service, new Lane(topic, known.orderId)));
  }

  /// Lets everything end by itself, and looks at what is left.
  void end() {
    market.settle();
    var last = market.now().plus(LONGEST);
    for (var next = market.nextDeadline(); next.isPresent(); next = market.nextDeadline()) {
      var due = next.get().stream().deadline().dueAt();
      if (due.isAfter(last)) {
        broken.add(new Broken("END", new UUID(0, 0), "there is no end: " + next.get()));
        return;
      }
      if (due.isAfter(market.now())) market.goTo(due);
      market.fire(next.get());
      market.settle();
    }
    for (var account : accounts.values()) broken.addAll(account.settled());
    for (var stream : market.streams()) broken.addAll(deadlineTimes.brokenIn(stream));
    broken.addAll(points.settled());
    for (var order : orders.values()) {
      for (var fact : market.journal().rejectedOf(order.orderId)) {
        broken.add(new Broken("REJECTED", order.orderId, fact.toString()));
      }
      var account = accounts.get(order.orderId);
      if (account != null && !account.isFinal()) {
        broken.add(new Broken("END", order.orderId, "the order never came to an end"));
      }
    }
  }

  private void watch(Published event) {
    broken.addAll(points.watch(event));
    if (event.topic().equals("seller.accounts.v1")) return;
    var account = accounts.computeIfAbsent(event.key(), OrderAccount::new);
    broken.addAll(account.watch(event));
  }

  // What people do

  private void act(Act act) {
    if (act.action() == Move.Action.PLACE) {
      if (!orders.containsKey(act.order())) place(act);
      return;
    }
    var order = orders.get(act.order());
    if (order == null) return;
    var path = new HashMap<>(Map.of("orderId", order.orderId.toString()));
    order.cancellationId.ifPresent(id -> path.put("cancellationId", id));
    order.offerId.ifPresent(id -> path.put("offerId", id));
    switch (act.action()) {
      case PLACE -> {}
      case PAY ->
          call(
              "pay",
              "BUYER",
              buyer,
              Map.of(),
              object()
                  .put("orderId", order.orderId.toString())
                  .put("method", order.method)
                  .put("amountMinor", order.totalMinor));
      case ASK_FOR_ALL -> ask(order, path, act.salt(), false);
      case ASK_FOR_ONE -> ask(order, path, act.salt(), true);
      case WITHDRAW -> {
        if (order.cancellationId.isPresent()) {
          call("withdrawCancellation", "BUYER", buyer, path, object());
        }
      }
      case ACCEPT_OFFER -> answer(order, path, "ACCEPTED");
      case REJECT_OFFER -> answer(order, path, "REJECTED");
      case CONFIRM_RECEIPT -> call("confirmReceipt", "BUYER", buyer, path, object());
      case PROCESS -> call("startProcessing", "SELLER", seller, path, object());
      case APPROVE -> decide(order, "approveCancellation", path, object());
      case DECLINE ->
          decide(order, "declineCancellation", path, object().put("comment", "Packed."));
      case OFFER -> {
        var amount = 1 + act.salt() % Math.max(1, order.totalMinor);
        var reply = decide(order, "offerPartialRefund", path, object().put("refundMinor", amount));
        text(reply, "offerId").ifPresent(id -> order.offerId = Optional.of(id));
      }
      case SHIP_ALL -> ship(order, path, object());
      case SHIP_ONE -> {
        var body = object();
        one(order, act.salt(), body);
        ship(order, path, body);
      }
      case CANCEL_AS_SELLER -> {
        var body = object().put("reason", "OUT_OF_STOCK");
        if (act.salt() % 2 == 0) one(order, act.salt(), body);
        call("cancelBySeller", "SELLER", seller, path, body);
      }
      case MOVE_PARCEL -> track(order, act.salt(), "IN_TRANSIT");
      case DELIVER_PARCEL -> track(order, act.salt(), "DELIVERED");
      case LOSE_PARCEL -> track(order, act.salt(), "LOST");
      case SAY_AGAIN -> sayAgain();
      case RETURN_ONE -> {
        var body = object().put("orderId", order.orderId.toString());
        one(order, act.salt(), body);
        body.put("reason", "NO_LONGER_NEEDED");
        text(call("requestReturn", "BUYER", buyer, Map.of(), body), "returnId")
            .ifPresent(id -> order.returnId = Optional.of(id));
      }
      case WITHDRAW_RETURN ->
          order.returnId.ifPresent(
              id -> call("withdrawReturn", "BUYER", buyer, Map.of("returnId", id), object()));
      case GIVE_GOODWILL -> giveGoodwill(order, path, act.salt());
      case MISS_REFUND -> missRefund(order, path, act.salt());
      case ANSWER_INQUIRY ->
          order.inquiryId.ifPresent(id ->
              call(
                  "resolveRefundInquiry",
                  "PLATFORM",
                  ids.next(),
                  Map.of("inquiryId", id),
                  object()
                      .put(
                          "outcome",
                          act.salt() % 2 == 0 ? "CONFIRMED_SENT" : "REISSUED_TO_WALLET")));
      case WRITE -> write(path, act.salt());
    }
  }

  private void place(Act act) {
    var salt = act.salt();
    var method = METHODS.get(salt % METHODS.size());
    var body =
        object()
            .put("sellerId", seller.toString())
            .put("shippingFeeMinor", salt % 3 * 100)
            .put("paymentMethod", method)
            .put("policyId", POLICIES.get(salt / 7 % POLICIES.size()));
    var lines = body.putArray("lines");
    for (var line = 0; line <= salt / 3 % 2; line++) {
      lines
          .addObject()
          .put("productId", products.get(line).toString())
          .put("quantity", 1 + salt / 5 % 3);
    }
    body.putObject("deliverTo").put("country", "US");
    if (salt % 4 == 1) body.put("couponCode", grantCoupon(salt));
    var reply = call("placeOrder", "BUYER", buyer, Map.of(), body);
    if (!reply.isSuccess()) return;
    var order = new KnownOrder();
    order.orderId = UUID.fromString(reply.body().get("orderId").textValue());
    order.totalMinor = reply.body().get("totalMinor").longValue();
    order.method = method;
    reply.body().get("lines").forEach(line -> order.lineIds.add(line.get("lineId").textValue()));
    orders.put(act.order(), order);
  }

  /// Nobody will ever hear that a refund has arrived.
  private void loseRefunds() {
    var rules = object();
    rules.putArray("rules").addObject().put("kind", "SETTLEMENT_LOST");
    market.faultsOf("refund-service").replace("life", rules);
  }

  /// @return its code
  private String grantCoupon(int salt) {
    var code = "C" + salt;
    var byPlatform = salt % 3 > 0;
    var coupon =
        object()
            .put("code", code)
            .put("issuer", byPlatform ? "PLATFORM" : "SELLER")
            .put("discountMinor", 1 + salt % 700)
            .put("minSpendMinor", 0)
            .put("expiresAt", market.now().plus(Duration.ofDays(1 + salt % 60)).toString());
    var to = Map.of("buyerId", buyer.toString());
    if (byPlatform) call("grantCoupon", "PLATFORM", ids.next(), to, coupon);
    else call("grantCoupon", "SELLER", seller, to, coupon);
    return code;
  }

  private void ask(KnownOrder order, Map<String, String> path, int salt, boolean one) {
    var body = object().put("reason", REASONS.get(salt % REASONS.size()));
    if (one) one(order, salt, body);
    var reply = call("requestCancellation", "BUYER", buyer, path, body);
    text(reply, "cancellation", "cancellationId")
        .ifPresent(id -> {
          order.cancellationId = Optional.of(id);
          order.offerId = Optional.empty();
        });
  }

  private void answer(KnownOrder order, Map<String, String> path, String answer) {
    if (order.cancellationId.isEmpty() || order.offerId.isEmpty()) return;
    call("answerOffer", "BUYER", buyer, path, object().put("answer", answer));
  }

  private Reply decide(
      KnownOrder order, String operation, Map<String, String> path, JsonNode body) {
    if (order.cancellationId.isEmpty()) return new Reply(404, object());
    return call(operation, "SELLER", seller, path, body);
  }

  private void ship(KnownOrder order, Map<String, String> path, ObjectNode body) {
    body.put("carrier", "POST").put("trackingNumber", "T-" + ids.next());
    text(call("ship", "SELLER", seller, path, body), "shipmentId")
        .ifPresent(order.shipmentIds::add);
  }

  /// X5: one effect, and the same answer. What was refused may be granted later.
  private void sayAgain() {
    var request = lastRequest;
    if (request == null || !lastReply.isSuccess()) return;
    if (!market.now().isBefore(lastCalledAt.plus(KEYS_KEPT_FOR))) return;
    var again = market.call(request);
    if (again.status() == lastReply.status() && again.body().equals(lastReply.body())) return;
    broken.add(
        new Broken(
            "X5",
            new UUID(0, 0),
            "%s was answered %s, and then %s".formatted(request.operation(), lastReply, again)));
  }

  private void track(KnownOrder order, int salt, String status) {
    if (order.shipmentIds.isEmpty()) return;
    var shipment = order.shipmentIds.get(salt % order.shipmentIds.size());
    call(
        "reportTracking",
        "CARRIER",
        carrier,
        Map.of("shipmentId", shipment),
        object().put("status", status));
  }

  /// What the ledger has heard of is all that it can be held to.
  private void giveGoodwill(KnownOrder order, Map<String, String> path, int salt) {
    var account = accounts.get(order.orderId);
    var heard =
        market.unread().stream()
            .noneMatch(reading ->
                reading.service().equals("refund-service")
                    && reading.lane().key().equals(order.orderId));
    var forbidden = heard && account != null && account.forbidsGoodwill();
    var body = object().put("amountMinor", 1 + salt % Math.max(1, order.totalMinor));
    var reply = call("grantGoodwill", "SELLER", seller, path, body);
    if (forbidden && reply.isSuccess()) {
      broken.add(new Broken("L7", order.orderId, "goodwill was granted against the facts"));
    }
  }

  private void missRefund(KnownOrder order, Map<String, String> path, int salt) {
    var refunds = call("paymentTab", "BUYER", buyer, path, object()).body().path("refunds");
    if (refunds.isEmpty()) return;
    var refund = refunds.get(salt % refunds.size());
    var expectedBy = refund.path("expectedBy");
    if (expectedBy.isTextual() && refund.path("settledAt").isNull()) {
      var later = Instant.parse(expectedBy.textValue()).plusMillis(1);
      if (later.isAfter(market.now())) market.goTo(later);
    }
    var about = Map.of("refundId", refund.path("refundId").textValue());
    var question = object().put("text", "Where is it?");
    text(call("openRefundInquiry", "BUYER", buyer, about, question), "inquiryId")
        .ifPresent(id -> order.inquiryId = Optional.of(id));
  }

  /// One message, or so many that the limit of a day is met.
  private void write(Map<String, String> path, int salt) {
    var byBuyer = salt % 3 > 0;
    var body = salt % 2 == 0 ? object().put("text", "Well?") : object().put("template", "TOO_SLOW");
    for (var message = 0; message <= (salt % 5 == 0 ? MESSAGES_A_DAY : 0); message++) {
      if (byBuyer) call("sendMessage", "BUYER", buyer, path, body);
      else call("sendMessage", "SELLER", seller, path, body);
    }
  }

  private static void one(KnownOrder order, int salt, ObjectNode body) {
    body.putArray("units")
        .addObject()
        .put("lineId", order.lineIds.get(salt % order.lineIds.size()))
        .put("quantity", 1);
  }

  /// An answer may be a refusal, never a fault.
  private Reply call(
      String operation, String role, UUID caller, Map<String, String> parameters, JsonNode body) {
    var request =
        new Request(operation, new Caller(role, caller), parameters, body, ids.next().toString());
    var reply = market.call(request);
    // A question has no key: it may be answered anew.
    var isQuestion = market.catalogue().find(operation).operation().method().equals("GET");
    lastRequest = isQuestion ? null : request;
    lastReply = reply;
    lastCalledAt = market.now();
    if (reply.status() >= 500) {
      broken.add(new Broken("FAULT", new UUID(0, 0), operation + " was answered " + reply));
    }
    return reply;
  }

  private static Optional<String> text(Reply reply, String... path) {
    var json = reply.body();
    for (var name : path) json = json.path(name);
    return json.isTextual() ? Optional.of(json.textValue()) : Optional.empty();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
