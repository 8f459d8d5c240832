package marketplace.simulation.lives;

import static marketplace.simulation.lives.People.object;
import static marketplace.simulation.lives.People.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import marketplace.eventsourcing.ServiceRules;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.journal.OrderAccount;
import marketplace.simulation.journal.PointsAccount;
import marketplace.simulation.journal.Published;
import marketplace.simulation.lives.Move.Act;
import marketplace.simulation.lives.Move.Action;
import marketplace.simulation.lives.Move.CaseAction;
import marketplace.simulation.lives.Move.CrashConsumer;
import marketplace.simulation.lives.Move.CrashFollower;
import marketplace.simulation.lives.Move.CrashRelay;
import marketplace.simulation.lives.Move.Deed;
import marketplace.simulation.lives.Move.Follow;
import marketplace.simulation.lives.Move.Mood;
import marketplace.simulation.lives.Move.Pass;
import marketplace.simulation.lives.Move.PassToDeadline;
import marketplace.simulation.lives.Move.Read;
import marketplace.simulation.lives.Move.Relay;
import marketplace.simulation.lives.Move.Settle;
import marketplace.simulation.lives.Move.TurnProvider;
import marketplace.simulation.lives.Move.Wake;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryMarket.Lane;
import marketplace.simulation.memory.MemoryMarket.Reading;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.world.Reply;

/// A small market in memory in which moves are made, and watched.
final class Life {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  /// Everything is over long before, whatever anybody does: an order after a few months, and points
  /// a year later.
  private static final Duration LONGEST = Duration.ofDays(600);

  private static final Duration PARCELS_ARRIVE_WITHIN = Duration.ofDays(90);

  private static final int MESSAGES_A_DAY = 10;

  private static final List<String> METHODS =
      List.of("CARD", "PAYPAL", "WALLET", "CASH", "BANK_TRANSFER", "CASH_ON_DELIVERY");
  private static final List<String> POLICIES =
      List.of("STANDARD_72H", "STANDARD_72H", "DECLINE_3D", "STRICT_24H", "AUTO_BEFORE_PROCESSING");
  private static final List<String> REASONS =
      List.of("NO_LONGER_NEEDED", "SELLER_TOO_SLOW", "WRONG_ADDRESS");

  private final SeededIds ids;
  private final MemoryMarket market;
  private final People people;
  private final List<UUID> products = new ArrayList<>();
  private final Map<Integer, KnownOrder> orders = new HashMap<>();
  private final Map<UUID, OrderAccount> accounts = new HashMap<>();
  private final PointsAccount points = new PointsAccount();
  private final List<Broken> broken = new ArrayList<>();
  private final DeadlineTimes deadlineTimes = new DeadlineTimes();

  /// What somebody who follows an order knows of it.
  private static final class KnownOrder {
    private final UUID orderId;
    private final long totalMinor;
    private final String method;
    private final List<String> lineIds;
    private final Cases cases;
    private Deed lastDeed = Action.PLACE;
    private Instant agreedAt = Instant.MIN;
    private Optional<String> paymentId = Optional.empty();
    private Optional<String> cancellationId = Optional.empty();
    private Optional<String> offerId = Optional.empty();
    private final List<String> shipmentIds = new ArrayList<>();
    private Optional<String> inquiryId = Optional.empty();

    /// @param placed what placing it was answered
    KnownOrder(JsonNode placed, String method, People people) {
      this.orderId = UUID.fromString(placed.get("orderId").textValue());
      this.totalMinor = placed.get("totalMinor").longValue();
      this.method = method;
      this.lineIds =
          placed.get("lines").valueStream().map(line -> line.get("lineId").textValue()).toList();
      this.cases = new Cases(people, orderId.toString(), lineIds, totalMinor);
    }
  }

  Life(long seed, UnaryOperator<ServiceRules> spoil) {
    this.ids = new SeededIds(seed);
    this.market = new MemoryMarket(START, ids, spoil);
    this.people = People.in(market, ids, broken::add);
    market.onPublished(this::watch);
    for (var price : List.of(1299, 333)) {
      var product =
          object()
              .put("title", "Cup")
              .put("category", "home")
              .put("priceMinor", price)
              .put("currency", "USD")
              .put("returnsAllowed", true);
      var listed = people.as("SELLER", "listProduct", Map.of(), product);
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
    return people.lastReply();
  }

  Reply ask(String operation, String role, int order) {
    var known = Objects.requireNonNull(orders.get(order));
    return people.as(role, operation, Map.of("orderId", known.orderId.toString()), object());
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

  /// The last that has succeeded, of an order that was placed.
  Deed lastDeed(int order) {
    return Objects.requireNonNull(orders.get(order)).lastDeed;
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
      case TurnProvider(var mood) -> change(mood);
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

  /// Lets everything end by itself, or by the platform where nothing else can end it, and looks at
  /// what is left.
  void end() {
    var last = market.now().plus(LONGEST);
    do {
      market.settle();
      if (!goThroughDeadlines(last)) return;
      if (hasOpenOrder()) market.goTo(market.now().plus(PARCELS_ARRIVE_WITHIN));
    } while (dismissAll());
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

  /// @return false where they have no end
  private boolean goThroughDeadlines(Instant last) {
    for (var next = market.nextDeadline(); next.isPresent(); next = market.nextDeadline()) {
      var due = next.get().stream().deadline().dueAt();
      if (due.isAfter(last)) {
        broken.add(new Broken("END", new UUID(0, 0), "there is no end: " + next.get()));
        return false;
      }
      if (due.isAfter(market.now())) market.goTo(due);
      market.fire(next.get());
      market.settle();
    }
    return true;
  }

  private boolean hasOpenOrder() {
    return accounts.values().stream().anyMatch(account -> !account.isFinal());
  }

  private boolean dismissAll() {
    return orders.values().stream().map(order -> order.cases.dismissAll()).toList().contains(true);
  }

  private void watch(Published event) {
    broken.addAll(points.watch(event));
    if (event.topic().equals("seller.accounts.v1")) return;
    var account = accounts.computeIfAbsent(event.key(), OrderAccount::new);
    broken.addAll(account.watch(event));
  }

  // What people do

  private void act(Act act) {
    if (act.deed() == Action.PLACE) {
      if (!orders.containsKey(act.order())) place(act);
      return;
    }
    var order = orders.get(act.order());
    if (order == null) return;
    switch (act.deed()) {
      case Action action -> act(order, action, act.salt());
      case CaseAction action -> order.cases.act(action, act.salt());
    }
    if (people.lastReply().isSuccess()) order.lastDeed = act.deed();
  }

  private void act(KnownOrder order, Action action, int salt) {
    var path = new HashMap<>(Map.of("orderId", order.orderId.toString()));
    order.cancellationId.ifPresent(id -> path.put("cancellationId", id));
    order.offerId.ifPresent(id -> path.put("offerId", id));
    switch (action) {
      case PLACE -> {}
      case PAY -> {
        var body =
            object()
                .put("orderId", order.orderId.toString())
                .put("method", order.method)
                .put("amountMinor", order.totalMinor);
        text(people.as("BUYER", "pay", Map.of(), body), "paymentId")
            .ifPresent(id -> order.paymentId = Optional.of(id));
      }
      case FAIL_PAYMENT ->
          order.paymentId.ifPresent(id ->
              people.as(
                  "PROVIDER",
                  "providerResult",
                  Map.of("paymentId", id),
                  object().put("result", "FAILED").put("code", "EXPIRED_CARD")));
      case ASK_FOR_ALL -> ask(order, path, salt, false);
      case ASK_FOR_ONE -> ask(order, path, salt, true);
      case WITHDRAW -> {
        if (order.cancellationId.isPresent()) {
          people.as("BUYER", "withdrawCancellation", path, object());
        }
      }
      case ACCEPT_OFFER -> answer(order, path, "ACCEPTED");
      case REJECT_OFFER -> answer(order, path, "REJECTED");
      case CONFIRM_RECEIPT -> people.as("BUYER", "confirmReceipt", path, object());
      case PROCESS -> people.as("SELLER", "startProcessing", path, object());
      case APPROVE -> decide(order, "approveCancellation", path, object());
      case DECLINE ->
          decide(order, "declineCancellation", path, object().put("comment", "Packed."));
      case OFFER -> {
        var amount = 1 + salt % Math.max(1, order.totalMinor);
        var reply = decide(order, "offerPartialRefund", path, object().put("refundMinor", amount));
        text(reply, "offerId").ifPresent(id -> order.offerId = Optional.of(id));
      }
      case SHIP_ALL -> ship(order, path, object());
      case SHIP_ONE -> {
        var body = object();
        one(order, salt, body);
        ship(order, path, body);
      }
      case CANCEL_AS_SELLER -> {
        var body = object().put("reason", "OUT_OF_STOCK");
        if (salt % 2 == 0) one(order, salt, body);
        people.as("SELLER", "cancelBySeller", path, body);
      }
      case MOVE_PARCEL -> track(order, salt, "IN_TRANSIT");
      case DELIVER_PARCEL -> track(order, salt, "DELIVERED");
      case LOSE_PARCEL -> track(order, salt, "LOST");
      case REFUSE_PARCEL -> track(order, salt, "REFUSED");
      case BRING_PARCEL_BACK -> track(order, salt, "RETURNED_TO_SENDER");
      case SAY_AGAIN -> people.sayAgain();
      case GIVE_GOODWILL -> giveGoodwill(order, path, salt);
      case MISS_REFUND -> missRefund(order, path, salt);
      case ANSWER_INQUIRY ->
          order.inquiryId.ifPresent(id ->
              people.as(
                  "PLATFORM",
                  "resolveRefundInquiry",
                  Map.of("inquiryId", id),
                  object()
                      .put("outcome", salt % 2 == 0 ? "CONFIRMED_SENT" : "REISSUED_TO_WALLET")));
      case WRITE -> write(path, salt);
      case AGREE_TO_RETURN -> agreeToReturn(order, path, salt);
      case REVIEW -> people.as("BUYER", "review", path, object().put("stars", 1 + salt % 5));
      case CHANGE_PRICE ->
          people.as(
              "SELLER",
              "changePrice",
              Map.of("productId", products.get(salt % products.size()).toString()),
              object().put("priceMinor", 300 + salt));
    }
  }

  private void place(Act act) {
    var salt = act.salt();
    var method = METHODS.get(salt % METHODS.size());
    var body =
        object()
            .put("sellerId", people.idOf("SELLER"))
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
    var reply = people.as("BUYER", "placeOrder", Map.of(), body);
    if (!reply.isSuccess()) return;
    orders.put(act.order(), new KnownOrder(reply.body(), method, people));
  }

  /// What is agreed twice at one instant is agreed once: the second is refused as a repeated fact.
  private void agreeToReturn(KnownOrder order, Map<String, String> path, int salt) {
    if (market.now().equals(order.agreedAt)) return;
    order.agreedAt = market.now();
    var body = object();
    one(order, salt, body);
    people.as("SELLER", "agreeToReturn", path, body);
  }

  private void change(Mood mood) {
    var rules = object();
    var list = rules.putArray("rules");
    switch (mood) {
      case WELL -> {}
      case REFUSES_ONCE -> refuses(list).put("times", 1);
      case REFUSES -> refuses(list);
      case DELAYS_CAPTURE ->
          list.addObject()
              .put("kind", "PROVIDER_DELAYS_CAPTURE")
              .put("seconds", Duration.ofDays(1).toSeconds());
      case LOSES_REFUNDS -> list.addObject().put("kind", "SETTLEMENT_LOST");
    }
    market.faultsOf("refund-service").replace("life", rules);
  }

  private static ObjectNode refuses(ArrayNode rules) {
    return rules.addObject().put("kind", "PROVIDER_REFUSES").put("code", "NO_FUNDS");
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
    var to = Map.of("buyerId", people.idOf("BUYER"));
    if (byPlatform) people.as("PLATFORM", "grantCoupon", to, coupon);
    else people.as("SELLER", "grantCoupon", to, coupon);
    return code;
  }

  private void ask(KnownOrder order, Map<String, String> path, int salt, boolean one) {
    var body = object().put("reason", REASONS.get(salt % REASONS.size()));
    if (one) one(order, salt, body);
    var reply = people.as("BUYER", "requestCancellation", path, body);
    text(reply, "cancellation", "cancellationId")
        .ifPresent(id -> {
          order.cancellationId = Optional.of(id);
          order.offerId = Optional.empty();
        });
  }

  private void answer(KnownOrder order, Map<String, String> path, String answer) {
    if (order.cancellationId.isEmpty() || order.offerId.isEmpty()) return;
    people.as("BUYER", "answerOffer", path, object().put("answer", answer));
  }

  private Reply decide(
      KnownOrder order, String operation, Map<String, String> path, JsonNode body) {
    if (order.cancellationId.isEmpty()) return new Reply(404, object());
    return people.as("SELLER", operation, path, body);
  }

  private void ship(KnownOrder order, Map<String, String> path, ObjectNode body) {
    body.put("carrier", "POST").put("trackingNumber", "T-" + ids.next());
    text(people.as("SELLER", "ship", path, body), "shipmentId").ifPresent(order.shipmentIds::add);
  }

  private void track(KnownOrder order, int salt, String status) {
    if (order.shipmentIds.isEmpty()) return;
    var shipment = order.shipmentIds.get(salt % order.shipmentIds.size());
    people.as(
        "CARRIER",
        "reportTracking",
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
    var reply = people.as("SELLER", "grantGoodwill", path, body);
    if (forbidden && reply.isSuccess()) {
      broken.add(new Broken("L7", order.orderId, "goodwill was granted against the facts"));
    }
  }

  private void missRefund(KnownOrder order, Map<String, String> path, int salt) {
    var refunds = people.as("BUYER", "paymentTab", path, object()).body().path("refunds");
    if (refunds.isEmpty()) return;
    var refund = refunds.get(salt % refunds.size());
    var expectedBy = refund.path("expectedBy");
    if (expectedBy.isTextual() && refund.path("settledAt").isNull()) {
      var later = Instant.parse(expectedBy.textValue()).plusMillis(1);
      if (later.isAfter(market.now())) market.goTo(later);
    }
    var about = Map.of("refundId", refund.path("refundId").textValue());
    var question = object().put("text", "Where is it?");
    text(people.as("BUYER", "openRefundInquiry", about, question), "inquiryId")
        .ifPresent(id -> order.inquiryId = Optional.of(id));
  }

  /// One message, or so many that the limit of a day is met.
  private void write(Map<String, String> path, int salt) {
    var byBuyer = salt % 3 > 0;
    var body = salt % 2 == 0 ? object().put("text", "Well?") : object().put("template", "TOO_SLOW");
    for (var message = 0; message <= (salt % 5 == 0 ? MESSAGES_A_DAY : 0); message++) {
      if (byBuyer) people.as("BUYER", "sendMessage", path, body);
      else people.as("SELLER", "sendMessage", path, body);
    }
  }

  private static void one(KnownOrder order, int salt, ObjectNode body) {
    body.putArray("units")
        .addObject()
        .put("lineId", order.lineIds.get(salt % order.lineIds.size()))
        .put("quantity", 1);
  }
}
