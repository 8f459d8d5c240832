package marketplace.simulation.lives;

import static marketplace.simulation.lives.People.object;
import static marketplace.simulation.lives.People.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import marketplace.simulation.lives.Move.CaseAction;

/// The disputes and returns of one order, and what its parties and the platform do about them. They
/// mean the latest one, whether it is still open or not.
final class Cases {
  private static final List<String> DISPUTE_REASONS =
      List.of("NOT_RECEIVED", "CANCELLATION_REFUSED", "DAMAGED");
  private static final Set<String> WITHOUT_EVIDENCE =
      Set.of("NOT_RECEIVED", "CANCELLATION_REFUSED");
  private static final List<String> RETURN_REASONS =
      List.of("NO_LONGER_NEEDED", "WRONG_ITEM", "WRONG_SIZE_OR_COLOUR");
  private static final List<String> REMEDIES = List.of("REFUND_ONLY", "RETURN_AND_REFUND");
  private static final List<String> FAULTS = List.of("SELLER", "BUYER", "CARRIER", "NONE");

  private final People people;
  private final String orderId;
  private final List<String> lineIds;
  private final long totalMinor;
  private Optional<String> disputeId = Optional.empty();
  private Optional<String> offerId = Optional.empty();
  private Optional<String> returnId = Optional.empty();

  Cases(People people, String orderId, List<String> lineIds, long totalMinor) {
    this.people = people;
    this.orderId = orderId;
    this.lineIds = List.copyOf(lineIds);
    this.totalMinor = totalMinor;
  }

  void act(CaseAction action, int salt) {
    switch (action) {
      case OPEN_DISPUTE -> openDispute(salt);
      case ACCEPT_CLAIM -> dispute("SELLER", "acceptClaim", object());
      case REJECT_CLAIM -> dispute("SELLER", "rejectClaim", object().put("comment", "It is fine."));
      case OFFER_AS_SELLER -> offer("SELLER", salt);
      case OFFER_AS_BUYER -> offer("BUYER", salt);
      case ACCEPT_SETTLEMENT -> answer("ACCEPTED");
      case REJECT_SETTLEMENT -> answer("REJECTED");
      case ESCALATE -> dispute("BUYER", "escalateDispute", object());
      case UPHOLD -> dispute("PLATFORM", "ruleDispute", upheld(salt));
      case DISMISS -> dispute("PLATFORM", "ruleDispute", dismissal());
      case WITHDRAW_DISPUTE -> dispute("BUYER", "withdrawDispute", object());
      case REQUEST_RETURN -> requestReturn(salt);
      case APPROVE_RETURN -> giveBack("PLATFORM", "approveReturn", object());
      case REJECT_RETURN -> giveBack("PLATFORM", "rejectReturn", object().put("why", "Worn."));
      case SHIP_BACK -> giveBack("BUYER", "shipBack", object().put("trackingNumber", "R-" + salt));
      case DELIVER_BACK -> giveBack("CARRIER", "deliverReturn", object());
      case CONFIRM_RETURN -> giveBack("SELLER", "confirmReturn", object());
      case CONTEST_RETURN -> giveBack("SELLER", "contestReturn", object().put("why", "Empty."));
      case RULE_RETURN ->
          giveBack(
              "PLATFORM",
              "ruleReturn",
              object().put("refundMinor", salt % 3 * totalMinor / 4).put("text", "So be it."));
      case WITHDRAW_RETURN -> giveBack("BUYER", "withdrawReturn", object());
    }
  }

  private void openDispute(int salt) {
    var reason = reason(salt);
    var body = object().put("orderId", orderId).put("reason", reason).put("text", "Look.");
    units(body, salt);
    if (reason.equals("CANCELLATION_REFUSED")) {
      body.put("remedy", "REFUND_ONLY");
    } else {
      body.put("remedy", REMEDIES.get(salt / 3 % REMEDIES.size()));
      body.put("claimMinor", 1 + salt % Math.max(1, totalMinor));
    }
    if (!WITHOUT_EVIDENCE.contains(reason)) attachEvidence(body);
    var reply = people.as("BUYER", "openDispute", Map.of(), body);
    text(reply, "disputeId")
        .ifPresent(id -> {
          disputeId = Optional.of(id);
          offerId = Optional.empty();
        });
    if (text(reply, "code").filter("CONTACT_SELLER_FIRST"::equals).isPresent()) {
      people.as("BUYER", "sendMessage", ofOrder(), object().put("text", "What now?"));
    }
  }

  /// What the service would take, or anything at all.
  private String reason(int salt) {
    var allowed =
        afterSale()
            .path("canDispute")
            .valueStream()
            .filter(one -> one.path("allowed").asBoolean())
            .map(one -> one.path("reason").asText())
            .toList();
    return allowed.isEmpty() || salt % 7 == 0
        ? DISPUTE_REASONS.get(salt % DISPUTE_REASONS.size())
        : allowed.get(salt % allowed.size());
  }

  private void attachEvidence(ObjectNode body) {
    var draft =
        people.as("BUYER", "draftEvidence", ofOrder(), object().put("file", "a photo of it"));
    text(draft, "evidenceId").ifPresent(id -> body.putArray("evidenceIds").add(id));
  }

  private void offer(String role, int salt) {
    if (disputeId.isEmpty()) return;
    var body =
        object()
            .put("remedy", REMEDIES.get(salt / 5 % REMEDIES.size()))
            .put("amountMinor", 1 + salt % Math.max(1, totalMinor));
    var reply = people.as(role, "makeDisputeOffer", Map.of("disputeId", disputeId.get()), body);
    text(reply, "standingOffer", "offerId").ifPresent(id -> offerId = Optional.of(id));
  }

  private void answer(String answer) {
    if (disputeId.isEmpty() || offerId.isEmpty()) return;
    people.as(
        "BUYER",
        "answerDisputeOffer",
        Map.of("disputeId", disputeId.get(), "offerId", offerId.get()),
        object().put("answer", answer));
  }

  private ObjectNode upheld(int salt) {
    return object()
        .put("uphold", salt % 2 == 0 ? "FULL" : "PARTIAL")
        .put("awardMinor", salt % 4 == 0 ? totalMinor : salt % Math.max(1, totalMinor))
        .put("fault", FAULTS.get(salt % FAULTS.size()))
        .put("returnRequired", salt % 5 == 1)
        .put("text", "So be it.");
  }

  private void requestReturn(int salt) {
    var reason = RETURN_REASONS.get(salt % RETURN_REASONS.size());
    var body = object().put("orderId", orderId).put("reason", reason);
    units(body, salt);
    if (reason.equals("WRONG_ITEM")) attachEvidence(body);
    text(people.as("BUYER", "requestReturn", Map.of(), body), "returnId")
        .ifPresent(id -> returnId = Optional.of(id));
  }

  private void dispute(String role, String operation, ObjectNode body) {
    if (disputeId.isEmpty()) return;
    people.as(role, operation, Map.of("disputeId", disputeId.get()), body);
  }

  private void giveBack(String role, String operation, ObjectNode body) {
    returnId
        .or(this::returnOfOrder)
        .ifPresent(id -> people.as(role, operation, Map.of("returnId", id), body));
  }

  /// A return that nobody has asked for: a ruling, or a parcel that was refused, has begun it.
  private Optional<String> returnOfOrder() {
    return known().filter(Case::isReturn).map(Case::id).reduce((earlier, later) -> later);
  }

  /// No deadline ends what waits for a parcel or for the platform (rows A11, A15 and B10).
  ///
  /// @return is there something that has ended by this?
  boolean dismissAll() {
    return known().filter(Case::waitsForPlatform).map(this::dismiss).toList().contains(true);
  }

  private boolean dismiss(Case one) {
    var reply =
        one.isReturn()
            ? people.as(
                "PLATFORM",
                "ruleReturn",
                Map.of("returnId", one.id()),
                object().put("refundMinor", 0).put("text", "It never came."))
            : people.as("PLATFORM", "ruleDispute", Map.of("disputeId", one.id()), dismissal());
    return reply.isSuccess();
  }

  private static ObjectNode dismissal() {
    return object().put("uphold", "NONE").put("text", "No.");
  }

  private record Case(String id, boolean isReturn, String state) {
    boolean waitsForPlatform() {
      return isReturn
          ? state.equals("IN_TRANSIT") || state.equals("CONTESTED")
          : state.equals("PLATFORM_REVIEW");
    }
  }

  private Stream<Case> known() {
    var reply = people.as("BUYER", "getAfterSale", ofOrder(), object());
    return reply
        .body()
        .path("cases")
        .valueStream()
        .map(one ->
            new Case(
                one.get("caseId").textValue(),
                one.get("type").textValue().equals("RETURN"),
                one.get("state").textValue()));
  }

  private JsonNode afterSale() {
    return people.as("BUYER", "getAfterSale", ofOrder(), object()).body();
  }

  private Map<String, String> ofOrder() {
    return Map.of("orderId", orderId);
  }

  private void units(ObjectNode body, int salt) {
    body.putArray("units")
        .addObject()
        .put("lineId", lineIds.get(salt % lineIds.size()))
        .put("quantity", 1);
  }
}
