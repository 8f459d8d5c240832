package marketplace.simulation.run;

import static marketplace.simulation.run.Stage.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import marketplace.simulation.world.Reply;
import org.jspecify.annotations.Nullable;

/// One order with the people around it, who do what its fate says as soon as they can know that it
/// is their turn. A refusal is taken as it is, as people do.
final class OrderLife {
  private static final Duration NOW = Duration.ZERO;

  /// The seller looks again whether the order is his to ship.
  private static final Duration LOOKS_AGAIN_AFTER = Duration.ofDays(1);

  private static final int LOOKS_MAX = 10;
  private static final Duration COUPON_VALID_FOR = Duration.ofDays(60);

  /// Before its end: who must act within a time acts within this part of it.
  private static final double IN_TIME = 0.9;

  private final Stage stage;
  private final Fate fate;
  private final UUID buyer;
  private final UUID seller;

  private String orderId = "";
  private String lineId = "";
  private long totalMinor;
  private boolean cancelled;
  private boolean shipped;
  private int looks;

  /// Until when the seller lets an open request rest; null while there is none.
  private @Nullable Instant pendingUntil;

  private @Nullable Placed placed;

  /// What came of placing the order.
  ///
  /// @param orderId null where it was refused
  /// @param code of the refusal
  record Placed(int order, @Nullable UUID orderId, @Nullable String code) {}

  OrderLife(Stage stage, Fate fate) {
    this.stage = stage;
    this.fate = fate;
    this.buyer = stage.buyer(fate.buyer());
    this.seller = stage.shop(fate.seller()).sellerId();
  }

  void begin() {
    later(fate.arrivesAfter(), this::place);
  }

  /// Null before its time has come.
  @Nullable Placed placed() {
    return placed;
  }

  // Buying

  private void place() {
    var body =
        object()
            .put("sellerId", seller.toString())
            .put("shippingFeeMinor", fate.shippingFeeMinor())
            .put("paymentMethod", fate.method())
            .put("policyId", stage.plan().policyOf(fate.order()));
    body.putArray("lines")
        .addObject()
        .put("productId", stage.shop(fate.seller()).products().get(fate.product()).toString())
        .put("quantity", fate.quantity());
    body.putObject("deliverTo").put("country", "US");
    if (fate.coupon() > 0) body.put("couponCode", grantCoupon());
    var reply = asBuyer("placeOrder", Map.of(), body);
    if (!reply.isSuccess()) {
      placed = new Placed(fate.order(), null, reply.body().path("code").asText());
      return;
    }
    orderId = reply.body().get("orderId").textValue();
    placed = new Placed(fate.order(), UUID.fromString(orderId), null);
    lineId = reply.body().get("lines").get(0).get("lineId").textValue();
    totalMinor = reply.body().get("totalMinor").longValue();
    if (fate.method().equals("CASH_ON_DELIVERY")) {
      plan();
    } else if (fate.pays()) {
      later(fate.paysAfter(), this::pay);
    } else {
      planToAsk();
    }
  }

  /// @return its code
  private String grantCoupon() {
    var code = "RUN-" + fate.order();
    var coupon =
        object()
            .put("code", code)
            .put("issuer", "PLATFORM")
            .put("discountMinor", fate.coupon())
            .put("minSpendMinor", 0)
            .put("expiresAt", stage.now().plus(COUPON_VALID_FOR).toString());
    stage.asPlatform("grantCoupon", Map.of("buyerId", buyer.toString()), coupon);
    return code;
  }

  private void pay() {
    var reply = tryToPay();
    if (!reply.isSuccess()) return;
    var waits = reply.body().path("state").asText().equals("AUTHORIZED");
    if (waits && fate.firstPaymentFails()) {
      var payment = Map.of("paymentId", reply.body().get("paymentId").textValue());
      later(
          NOW,
          () ->
              stage.asProvider(
                  "providerResult",
                  payment,
                  object().put("result", "FAILED").put("code", "EXPIRED_CARD")));
      later(fate.paysAfter().plus(stage.plan().workload().tick()), this::tryToPay);
    }
    plan();
  }

  private Reply tryToPay() {
    var body =
        object()
            .put("orderId", orderId)
            .put("method", fate.method())
            .put("amountMinor", totalMinor);
    return asBuyer("pay", Map.of(), body);
  }

  private void plan() {
    planToAsk();
    later(fate.shipsAfter(), this::shipUnlessAsked);
  }

  // Asking to cancel

  private void planToAsk() {
    if (fate.mind().asks()) later(fate.mind().asksAfter(), this::ask);
  }

  private void ask() {
    if (fate.refundFails()) stage.refuseRefundOnce(orderId);
    var reply =
        asBuyer("requestCancellation", order(), object().put("reason", fate.mind().reason()));
    if (reply.body().path("result").asText().equals("CANCELLED")) cancelled = true;
    var request = reply.body().path("cancellation");
    if (!request.path("cancellationId").isTextual()) return;
    var cancellationId = request.get("cancellationId").textValue();
    pendingUntil = Instant.parse(request.get("replyBy").textValue());
    if (fate.mind().withdraws()) {
      later(fate.mind().answersAfter(), () -> withdraw(cancellationId));
    }
    later(fate.repliesAfter(), () -> reply(cancellationId));
  }

  private void withdraw(String cancellationId) {
    var reply = asBuyer("withdrawCancellation", cancellation(cancellationId), object());
    if (reply.isSuccess()) pendingUntil = null;
  }

  private void reply(String cancellationId) {
    switch (fate.reply()) {
      case APPROVES -> approve(cancellationId);
      case DECLINES -> decline(cancellationId);
      case OFFERS -> offer(cancellationId);
      case SHIPS -> ship();
      case IS_SILENT -> {}
    }
  }

  private void approve(String cancellationId) {
    var reply =
        asSeller(
            "approveCancellation",
            Map.of("cancellationId", cancellationId),
            object().put("comment", "As you like."));
    if (reply.isSuccess()) cancelled = true;
  }

  private void decline(String cancellationId) {
    var reply =
        asSeller(
            "declineCancellation",
            Map.of("cancellationId", cancellationId),
            object().put("comment", "It is packed already."));
    if (!reply.isSuccess()) return;
    pendingUntil = null;
    if (fate.quarrel().disputesDecline()) {
      later(fate.quarrel().opensAfter(), () -> complain("CANCELLATION_REFUSED"));
    }
  }

  private void offer(String cancellationId) {
    var reply =
        asSeller(
            "offerPartialRefund",
            Map.of("cancellationId", cancellationId),
            object().put("refundMinor", Math.max(1, totalMinor / 2)));
    if (!reply.isSuccess()) return;
    var offerId = reply.body().get("offerId").textValue();
    pendingUntil = Instant.parse(reply.body().get("answerBy").textValue());
    later(fate.mind().answersAfter(), () -> answer(cancellationId, offerId));
  }

  private void answer(String cancellationId, String offerId) {
    var path = Map.of("orderId", orderId, "cancellationId", cancellationId, "offerId", offerId);
    var accepts = fate.mind().acceptsOffer();
    var reply =
        asBuyer("answerOffer", path, object().put("answer", accepts ? "ACCEPTED" : "REJECTED"));
    if (!reply.isSuccess()) return;
    if (accepts) {
      cancelled = true;
    } else {
      pendingUntil = stage.now().plus(stage.policyOf(fate.order()).sellerReplyWithin());
      later(fate.repliesAfter(), () -> decline(cancellationId));
    }
  }

  // Shipping

  /// Most sellers do not ship what somebody has asked them to cancel.
  private void shipUnlessAsked() {
    if (cancelled || shipped) return;
    var until = pendingUntil;
    if (until != null && !until.isBefore(stage.now())) {
      later(Duration.between(stage.now(), until).plusMillis(1), this::shipUnlessAsked);
      return;
    }
    ship();
  }

  private void ship() {
    if (shipped) return;
    var reply =
        asSeller(
            "ship",
            order(),
            object().put("carrier", "POST").put("trackingNumber", "RUN-" + orderId));
    // Not his to ship before the money has come.
    if (reply.status() == 404 && looks++ < LOOKS_MAX) {
      later(LOOKS_AGAIN_AFTER, this::shipUnlessAsked);
    }
    if (!reply.isSuccess()) return;
    shipped = true;
    var shipment = Map.of("shipmentId", reply.body().get("shipmentId").textValue());
    later(fate.transit(), () -> arrive(shipment));
  }

  private void arrive(Map<String, String> shipment) {
    stage.asCarrier(
        "reportTracking", shipment, object().put("status", fate.lost() ? "LOST" : "DELIVERED"));
    if (fate.lost() && fate.quarrel().claimsLoss()) {
      later(fate.quarrel().opensAfter(), () -> complain("NOT_RECEIVED"));
    }
    if (!fate.lost() && fate.confirms()) {
      later(fate.mind().asksAfter(), () -> asBuyer("confirmReceipt", order(), object()));
    }
  }

  // Quarrelling

  /// Whoever wants to open a dispute has to write to the seller first.
  private void complain(String reason) {
    asBuyer("sendMessage", order(), object().put("text", "What about my order?"));
    later(NOW, () -> openDispute(reason));
  }

  private void openDispute(String reason) {
    var rights = asBuyer("getAfterSale", order(), object()).body().path("canDispute");
    for (var right : rights) {
      if (!right.path("reason").asText().equals(reason)) continue;
      openDispute(reason, right.path("maxClaimMinor").asLong());
    }
  }

  private void openDispute(String reason, long claimMinor) {
    var body =
        object()
            .put("orderId", orderId)
            .put("reason", reason)
            .put("remedy", "REFUND_ONLY")
            .put("claimMinor", claimMinor)
            .put("text", "I want my money back.");
    body.putArray("units").addObject().put("lineId", lineId).put("quantity", fate.quantity());
    var reply = asBuyer("openDispute", Map.of(), body);
    if (!reply.isSuccess()) return;
    var dispute = Map.of("disputeId", reply.body().get("disputeId").textValue());
    var openedAt = stage.now();
    var policy = stage.policyOf(fate.order());
    var latest = part(policy.disputeSellerReplyWithin(), IN_TIME);
    var stanceAfter =
        fate.quarrel().stanceAfter().compareTo(latest) < 0 ? fate.quarrel().stanceAfter() : latest;
    switch (fate.quarrel().stance()) {
      case CONCEDES -> later(stanceAfter, () -> asSeller("acceptClaim", dispute, object()));
      case CONTESTS -> later(stanceAfter, () -> contest(dispute, openedAt));
      case IS_SILENT -> {}
    }
    mediateAfter(policy.disputeNegotiateFor(), dispute, claimMinor);
  }

  private void contest(Map<String, String> dispute, Instant openedAt) {
    asSeller("rejectClaim", dispute, object().put("comment", "It was all as agreed."));
    var from = openedAt.plus(stage.policyOf(fate.order()).disputeEscalateFrom());
    var wait = from.isAfter(stage.now()) ? Duration.between(stage.now(), from) : NOW;
    later(wait, () -> asBuyer("escalateDispute", dispute, object()));
  }

  /// However a dispute has come before the platform, it rules in time.
  private void mediateAfter(Duration wait, Map<String, String> dispute, long claimMinor) {
    var within = stage.policyOf(fate.order()).disputeRuleWithin();
    later(
        wait.plus(part(within, fate.quarrel().rulesAfter() * IN_TIME)),
        () -> mediate(dispute, claimMinor));
  }

  private void mediate(Map<String, String> dispute, long claimMinor) {
    var state = stage.asPlatform("getDispute", dispute, object()).body().path("state").asText();
    switch (state) {
      case "PLATFORM_REVIEW" -> {
        rule(dispute, claimMinor);
        // A ruling that comes too late to stop the parcel comes back.
        mediateAfter(NOW, dispute, claimMinor);
      }
      case "AWAITING_SELLER", "AWAITING_BUYER", "AWAITING_STOP" ->
          mediateAfter(NOW, dispute, claimMinor);
      default -> {}
    }
  }

  /// Who has the goods does not have the money back too.
  private void rule(Map<String, String> dispute, long claimMinor) {
    var ruling = object().put("text", "Both sides were heard.");
    if (fate.quarrel().upheld() && (fate.lost() || !shipped)) {
      ruling
          .put("uphold", "FULL")
          .put("awardMinor", claimMinor)
          .put("fault", fate.lost() ? "CARRIER" : "SELLER")
          .put("returnRequired", false);
    } else {
      ruling.put("uphold", "NONE");
    }
    stage.asPlatform("ruleDispute", dispute, ruling);
  }

  // Means

  private void later(Duration delay, Runnable act) {
    stage.after(delay, fate.order(), act);
  }

  private Reply asBuyer(String operation, Map<String, String> parameters, JsonNode body) {
    return stage.call(operation, "BUYER", buyer, parameters, body);
  }

  private Reply asSeller(String operation, Map<String, String> parameters, ObjectNode body) {
    return stage.call(operation, "SELLER", seller, parameters, body);
  }

  private Map<String, String> order() {
    return Map.of("orderId", orderId);
  }

  private Map<String, String> cancellation(String cancellationId) {
    return Map.of("orderId", orderId, "cancellationId", cancellationId);
  }

  private static Duration part(Duration whole, double part) {
    return Duration.ofMillis((long) (whole.toMillis() * part));
  }
}
