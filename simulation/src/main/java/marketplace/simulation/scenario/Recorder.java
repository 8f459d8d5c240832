package marketplace.simulation.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import marketplace.contracts.ContractJson;
import marketplace.contracts.DisputeMessage.DisputeEscalated;
import marketplace.contracts.DisputeMessage.DisputeOfferMade;
import marketplace.contracts.DisputeMessage.DisputeOfferRejected;
import marketplace.contracts.DisputeMessage.DisputeOpened;
import marketplace.contracts.DisputeMessage.DisputeResolved;
import marketplace.contracts.DisputeMessage.DisputeWithdrawn;
import marketplace.contracts.DisputeMessage.EvidenceAdded;
import marketplace.contracts.DisputeMessage.ReturnAccepted;
import marketplace.contracts.DisputeMessage.ReturnApproved;
import marketplace.contracts.DisputeMessage.ReturnClosed;
import marketplace.contracts.DisputeMessage.ReturnContested;
import marketplace.contracts.DisputeMessage.ReturnParcelDelivered;
import marketplace.contracts.DisputeMessage.ReturnRejected;
import marketplace.contracts.DisputeMessage.ReturnRequested;
import marketplace.contracts.DisputeMessage.ReturnShipped;
import marketplace.contracts.DisputeMessage.RulingMade;
import marketplace.contracts.Message;
import marketplace.contracts.OrderMessage.BuyerNotified;
import marketplace.contracts.OrderMessage.CancellationOfferAnswered;
import marketplace.contracts.OrderMessage.CancellationRequested;
import marketplace.contracts.OrderMessage.CancellationWithdrawalAsked;
import marketplace.contracts.OrderMessage.OrderCancelled;
import marketplace.contracts.OrderMessage.OrderPlaced;
import marketplace.contracts.OrderMessage.ReceiptConfirmed;
import marketplace.contracts.OrderMessage.SellerReviewed;
import marketplace.contracts.RefundMessage.PaymentAuthorized;
import marketplace.contracts.RefundMessage.PaymentCaptured;
import marketplace.contracts.RefundMessage.PaymentFailed;
import marketplace.contracts.RefundMessage.RefundAttemptFailed;
import marketplace.contracts.RefundMessage.RefundInquiryOpened;
import marketplace.contracts.RefundMessage.RefundRequested;
import marketplace.contracts.SellerMessage.DeliveryRefused;
import marketplace.contracts.SellerMessage.MessageSent;
import marketplace.contracts.SellerMessage.ParcelDelivered;
import marketplace.contracts.SellerMessage.ParcelInTransit;
import marketplace.contracts.SellerMessage.ParcelLost;
import marketplace.contracts.SellerMessage.ParcelReturnedToSender;
import marketplace.contracts.SellerMessage.PartialRefundOffered;
import marketplace.contracts.SellerMessage.ProcessingStarted;
import marketplace.contracts.SellerMessage.ReturnAgreed;
import marketplace.contracts.SellerMessage.SellerApproved;
import marketplace.contracts.SellerMessage.SellerCancelled;
import marketplace.contracts.SellerMessage.SellerDeclined;
import marketplace.contracts.SellerMessage.SellerNotified;
import marketplace.contracts.SellerMessage.ShipmentDispatched;
import marketplace.eventsourcing.Origin;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.CaseType;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.Fault;
import marketplace.kernel.RefundCause;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.Units;
import marketplace.kernel.Uphold;
import marketplace.simulation.journal.OrderAccount;
import marketplace.simulation.journal.Published;
import marketplace.simulation.scenario.Scenario.Actor;
import org.jspecify.annotations.Nullable;

/// Makes a story of what has happened to an order: who did what, by the events that nobody else's
/// event has caused, and what came of it. Refusals leave no events, so they are not in it. The
/// story begins on the Monday before, so that business days stay where they were.
public final class Recorder {
  private static final ObjectMapper JSON = ContractJson.mapper();
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();
  private static final String A = "A";

  /// Ids, the sixteen digits of an order, hashes, codes of vouchers: other ones in each
  /// performance.
  private static final Pattern DIFFERS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{16}|[0-9a-f]{64}|V-[0-9A-F]{12}");

  /// What people have written, what they have attached, and what counts how far somebody had read.
  private static final Set<String> LEFT_OUT =
      Set.of(
          "text",
          "comment",
          "caption",
          "instructions",
          "trackingNumber",
          "mediaType",
          "sizeBytes",
          "afterOrderVersion");

  private final List<Published> events;
  private final OrderPlaced placed;
  private final Instant start;
  private final List<ObjectNode> steps = new ArrayList<>();
  private final Map<UUID, String> parcels = new HashMap<>();
  private int pieces;

  private Recorder(List<Published> events) {
    this.events = events;
    this.placed =
        events.stream()
            .map(Published::message)
            .filter(OrderPlaced.class::isInstance)
            .map(OrderPlaced.class::cast)
            .findFirst()
            .orElseThrow(() -> new UnrecordableException("nobody was told that it was placed"));
    this.start =
        placed
            .placedAt()
            .atOffset(ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.DAYS)
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
            .toInstant();
  }

  /// @param name of the story
  /// @param told all events of the order, causes before effects
  /// @return YAML, as `ScenarioFiles.parse` reads it
  /// @throws UnrecordableException which says what cannot be told
  public static String record(String name, List<Published> told) {
    var events = told.stream().filter(event -> !isNotice(event.message())).toList();
    try {
      return YAML.writeValueAsString(new Recorder(events).story(name));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a story that is no YAML", e);
    }
  }

  private static boolean isNotice(Message message) {
    return message instanceof BuyerNotified || message instanceof SellerNotified;
  }

  private ObjectNode story(String name) {
    requireRecordable();
    commands().values().forEach(this::addSteps);
    var story = object().put("name", name).put("title", "What happened to one order");
    story.put("policy", placed.policyId());
    story.set("given", given());
    story.putArray("steps").addAll(steps);
    story.set("finally", ending());
    return story;
  }

  private void requireRecordable() {
    if (placed.reorderOf() != null) throw new UnrecordableException("it repeats an earlier order");
    var coupon = placed.coupon();
    if (coupon != null && coupon.appliesToLineIds().size() < placed.lines().size()) {
      throw new UnrecordableException("its coupon is for some of its products only");
    }
    for (var event : events) {
      if (event.envelope().origin() == Origin.INJECTED) {
        throw new UnrecordableException(event.type() + " was injected");
      }
      switch (event.message()) {
        case RefundAttemptFailed _ ->
            throw new UnrecordableException("the payment provider has refused a refund");
        // Nobody may ask before the refund should have arrived.
        case RefundInquiryOpened _ ->
            throw new UnrecordableException("a refund was lost on its way");
        case PaymentAuthorized e when isLate(e) ->
            throw new UnrecordableException("the payment provider was late");
        default -> {}
      }
    }
  }

  /// What is captured at once is late where it was not.
  private boolean isLate(PaymentAuthorized payment) {
    var after = payment.method().captureAfter();
    return after.filter(Duration.ZERO::equals).isPresent()
        && events.stream()
            .noneMatch(event ->
                event.message() instanceof PaymentCaptured captured
                    && captured.paymentId().equals(payment.paymentId())
                    && captured.capturedAt().equals(payment.authorizedAt()));
  }

  /// The events of each act of a person, in the order of the acts.
  private Map<UUID, List<Published>> commands() {
    var known = events.stream().map(event -> event.envelope().id()).collect(Collectors.toSet());
    Map<UUID, List<Published>> commands = new LinkedHashMap<>();
    for (var event : events) {
      var cause = event.envelope().causationId();
      if (known.contains(cause) || !event.envelope().actor().contains(":")) continue;
      commands.computeIfAbsent(cause, _ -> new ArrayList<>()).add(event);
    }
    return commands;
  }

  // Given

  private ObjectNode given() {
    var given = object();
    var products = given.putObject("products");
    for (var i = 0; i < placed.lines().size(); i++) {
      var line = placed.lines().get(i);
      var product = products.putObject("P" + (i + 1)).put("priceMinor", line.unitPriceMinor());
      product.put("returnsAllowed", line.returnPolicy() != ReturnPolicy.NONE);
      if (line.returnPolicy() == ReturnPolicy.FREE) {
        product.putArray("freeReturnCountries").add(placed.deliverTo().country());
      }
    }
    var coupon = placed.coupon();
    if (coupon != null) {
      given
          .putObject("coupons")
          .putObject("COUPON")
          .put("issuer", coupon.issuer().name())
          .put("discountMinor", placed.discountMinor())
          .put("expiresAt", at(coupon.expiresAt()));
    }
    return given;
  }

  // Steps

  private void addSteps(List<Published> done) {
    var first = done.getFirst();
    switch (first.message()) {
      case OrderPlaced _ -> place(first);
      case PaymentAuthorized e ->
          step(first, "pay")
              .put("orderId", "$A")
              .put("method", e.method().name())
              .put("amountMinor", e.amountMinor());
      case PaymentFailed e ->
          step(first, "providerResult").put("result", "FAILED").put("code", e.code());
      case PaymentCaptured _ -> step(first, "providerResult").put("result", "CAPTURED");
      case OrderCancelled e ->
          step(first, "requestCancellation").put("reason", reasonFor(e.fault()).name());
      case CancellationRequested e -> {
        var with = step(first, "requestCancellation").put("reason", e.reason().name());
        say(with, "comment", e.comment());
        if (!e.wholeOrder()) with.set("units", units(e.units()));
      }
      case CancellationWithdrawalAsked _ -> step(first, "withdrawCancellation");
      case CancellationOfferAnswered e ->
          step(first, "answerOffer").put("answer", e.answer().name());
      case ReceiptConfirmed _ -> step(first, "confirmReceipt");
      case SellerReviewed e ->
          say(step(first, "review").put("stars", e.stars()), "comment", e.comment());
      case ProcessingStarted _ -> step(first, "startProcessing");
      case SellerApproved e -> say(step(first, "approveCancellation"), "comment", e.comment());
      case SellerDeclined e -> say(step(first, "declineCancellation"), "comment", e.comment());
      case PartialRefundOffered e ->
          say(
              step(first, "offerPartialRefund").put("refundMinor", e.refundMinor()),
              "comment",
              e.comment());
      case SellerCancelled e -> {
        var with = step(first, "cancelBySeller").put("reason", e.reason().name());
        say(with, "comment", e.comment());
        with.set("units", units(e.units()));
      }
      case ShipmentDispatched e -> ship(first, e);
      case ParcelInTransit e -> track(first, e.shipmentId().value(), "IN_TRANSIT", e.at());
      case ParcelDelivered e -> track(first, e.shipmentId().value(), "DELIVERED", e.deliveredAt());
      case DeliveryRefused e -> track(first, e.shipmentId().value(), "REFUSED", e.refusedAt());
      case ParcelReturnedToSender e ->
          track(first, e.shipmentId().value(), "RETURNED_TO_SENDER", e.at());
      case ParcelLost e -> track(first, e.shipmentId().value(), "LOST", e.at());
      case MessageSent e -> {
        if (e.template() == null) say(step(first, "sendMessage"), "text", e.text());
        else step(first, "sendMessage").put("template", e.template());
      }
      case ReturnAgreed e -> {
        var with = step(first, "agreeToReturn");
        say(with, "comment", e.comment());
        with.set("units", units(e.units()));
      }
      case RefundRequested e when e.causeType() == RefundCause.GOODWILL ->
          step(first, "grantGoodwill").put("amountMinor", e.requestedMinor());
      default -> addCaseSteps(done);
    }
  }

  /// A case is opened together with its evidence, and ruled together with what follows from it.
  private void addCaseSteps(List<Published> done) {
    var first = done.getFirst();
    for (var event : done) {
      if (event.message() instanceof DisputeOpened opened) {
        openDispute(event, opened, done);
        return;
      }
      if (event.message() instanceof ReturnRequested opened) {
        requestReturn(event, opened, done);
        return;
      }
    }
    switch (first.message()) {
      case EvidenceAdded e -> {
        pieces++;
        var dispute = e.caseType() == CaseType.DISPUTE;
        var with = step(first, dispute ? "addDisputeEvidence" : "addReturnEvidence");
        with.put("file", "piece " + pieces).put("caption", said(e.caption()));
        if (!dispute) aboutReturn(with, e.caseId());
      }
      case DisputeOfferMade e -> {
        var with = step(first, "makeDisputeOffer").put("remedy", e.remedy().name());
        say(with.put("amountMinor", e.amountMinor()), "comment", e.comment());
      }
      case DisputeOfferRejected e -> {
        if (actor(first) == Actor.BUYER)
          step(first, "answerDisputeOffer").put("answer", "REJECTED");
        else say(step(first, "rejectClaim"), "comment", e.comment());
      }
      case DisputeEscalated _ -> step(first, "escalateDispute");
      case DisputeWithdrawn _ -> step(first, "withdrawDispute");
      case DisputeResolved _ -> settle(first);
      case RulingMade e -> {
        if (actor(first) == Actor.PLATFORM) rule(first, e);
        else settle(first);
      }
      case ReturnApproved e ->
          say(
              ofReturn(first, "approveReturn", e.returnId().value()),
              "instructions",
              e.instructions());
      case ReturnRejected e ->
          say(ofReturn(first, "rejectReturn", e.returnId().value()), "why", e.why());
      case ReturnShipped e ->
          ofReturn(first, "shipBack", e.returnId().value())
              .put("trackingNumber", "$new.BACK" + steps.size());
      case ReturnParcelDelivered e -> {
        var with = ofReturn(first, "deliverReturn", e.returnId().value());
        if (!e.deliveredAt().equals(first.envelope().time())) with.put("at", at(e.deliveredAt()));
      }
      case ReturnContested e ->
          say(ofReturn(first, "contestReturn", e.returnId().value()), "why", e.why());
      case ReturnAccepted e -> {
        if (actor(first) == Actor.SELLER) {
          ofReturn(first, "confirmReturn", e.returnId().value());
        } else {
          ofReturn(first, "ruleReturn", e.returnId().value())
              .put("refundMinor", e.refundMinor())
              .put("text", "So be it.");
        }
      }
      case ReturnClosed e -> ofReturn(first, "withdrawReturn", e.returnId().value());
      default ->
          throw new UnrecordableException(
              "nobody knows what %s did to cause %s".formatted(actor(first), first.type()));
    }
  }

  private void place(Published event) {
    var with =
        step(event, "placeOrder")
            .put("sellerId", "$seller")
            .put("shippingFeeMinor", placed.shippingFeeMinor())
            .put("paymentMethod", placed.paymentMethod().name());
    if (placed.coupon() != null) with.put("couponCode", "COUPON");
    with.putObject("deliverTo").put("country", placed.deliverTo().country());
    var lines = with.putArray("lines");
    for (var i = 0; i < placed.lines().size(); i++) {
      lines
          .addObject()
          .put("productId", "$P" + (i + 1))
          .put("quantity", placed.lines().get(i).quantity());
    }
  }

  /// The event does not tell the reason, but whose fault it was.
  private static CancellationReason reasonFor(Fault fault) {
    for (var reason : CancellationReason.values()) {
      if (reason.fault() == fault && !reason.needsComment()) return reason;
    }
    throw new UnrecordableException("nobody knows why it was cancelled before it was paid");
  }

  private void ship(Published event, ShipmentDispatched e) {
    parcels.put(e.shipmentId().value(), "$A.shipmentId." + (parcels.size() + 1));
    var with = step(event, "ship").put("carrier", e.carrier());
    with.put("trackingNumber", "$new.PARCEL" + parcels.size()).set("units", units(e.units()));
  }

  private void track(Published event, UUID shipment, String status, Instant at) {
    var with = step(event, "reportTracking").put("status", status);
    with.put("shipmentId", parcels.getOrDefault(shipment, "$A.shipmentId"));
    if (!at.equals(event.envelope().time())) with.put("at", at(at));
  }

  private void openDispute(Published event, DisputeOpened e, List<Published> done) {
    var evidence = draft(event, done);
    var with =
        step(event, "openDispute")
            .put("orderId", "$A")
            .put("reason", e.reason().name())
            .put("remedy", e.remedy().name());
    say(with, "text", e.text());
    with.set("units", units(e.units()));
    if (e.reason() != DisputeReason.CANCELLATION_REFUSED) with.put("claimMinor", e.claimMinor());
    if (!evidence.isEmpty()) with.set("evidenceIds", JSON.valueToTree(evidence));
  }

  private void requestReturn(Published event, ReturnRequested e, List<Published> done) {
    if (e.disputeId() != null || e.shipmentId() != null) {
      throw new UnrecordableException("nobody has asked for this return: " + e.returnId());
    }
    var evidence = draft(event, done);
    var with = step(event, "requestReturn").put("orderId", "$A").put("reason", e.reason().name());
    with.set("units", units(e.units()));
    if (!evidence.isEmpty()) with.set("evidenceIds", JSON.valueToTree(evidence));
  }

  /// @return the names of the pieces that the case is opened with
  private List<String> draft(Published event, List<Published> done) {
    List<String> names = new ArrayList<>();
    for (var one : done) {
      if (!(one.message() instanceof EvidenceAdded piece)) continue;
      pieces++;
      step(event, "draftEvidence")
          .put("file", "piece " + pieces)
          .put("caption", said(piece.caption()));
      names.add("$A.evidenceId." + pieces);
    }
    return names;
  }

  private void settle(Published event) {
    if (actor(event) == Actor.BUYER) step(event, "answerDisputeOffer").put("answer", "ACCEPTED");
    else step(event, "acceptClaim");
  }

  private void rule(Published event, RulingMade e) {
    var with = step(event, "ruleDispute").put("uphold", e.uphold().name());
    say(with, "text", e.text());
    if (e.uphold() == Uphold.NONE) return;
    with.put("awardMinor", e.awardMinor())
        .put("fault", e.fault().name())
        .put("returnRequired", e.returnRequired());
  }

  /// A return that began without anybody's asking is found among the cases of the order.
  private ObjectNode ofReturn(Published event, String operation, UUID returnId) {
    if (isAskedFor(returnId)) return step(event, operation);
    steps.add(object().put("at", at(event.envelope().time())).put("as", "buyer"));
    steps.getLast().put("do", "getAfterSale").put("order", A);
    return aboutReturn(step(event, operation), returnId);
  }

  private ObjectNode aboutReturn(ObjectNode with, UUID returnId) {
    return isAskedFor(returnId) ? with : with.put("returnId", "$A.caseId");
  }

  private boolean isAskedFor(UUID returnId) {
    return events.stream()
        .map(Published::message)
        .anyMatch(message ->
            message instanceof ReturnRequested one
                && one.returnId().value().equals(returnId)
                && one.disputeId() == null
                && one.shipmentId() == null);
  }

  /// @return what is asked with it
  private ObjectNode step(Published event, String operation) {
    var step =
        object()
            .put("at", at(event.envelope().time()))
            .put("as", actor(event).name().toLowerCase(Locale.ROOT))
            .put("do", operation)
            .put("order", A);
    steps.add(step);
    return step.putObject("with");
  }

  private static Actor actor(Published event) {
    var actor = event.envelope().actor();
    return Actor.valueOf(actor.substring(0, actor.indexOf(':')));
  }

  private JsonNode units(Units units) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var i = 0; i < placed.lines().size(); i++) {
      var quantity = units.of(placed.lines().get(i).lineId());
      if (quantity == 0) continue;
      array.addObject().put("lineId", "$A.lineId." + (i + 1)).put("quantity", quantity);
    }
    return array;
  }

  private static void say(ObjectNode with, String field, @Nullable String text) {
    if (text != null && !text.isEmpty()) with.put(field, said(text));
  }

  /// In a story, these would be names and times.
  private static String said(String text) {
    return text.startsWith("$") || text.startsWith("+") ? " " + text : text;
  }

  // Ending

  private ObjectNode ending() {
    var last = events.stream().map(event -> event.envelope().time()).max(Instant::compareTo);
    var ending = object().put("at", at(last.orElseThrow()));
    var expected = ending.putObject("events").putArray(A);
    for (var event : events) expected.addObject().set(event.type(), expected(event));
    var account = new OrderAccount(placed.orderId().value());
    events.forEach(account::watch);
    ending
        .putObject("money")
        .putObject(A)
        .put("capturedMinor", account.captured())
        .put("refundedMinor", account.refunded())
        .put("paidOutMinor", account.paidOut());
    return ending;
  }

  /// Everything that is the same in each performance.
  private ObjectNode expected(Published event) {
    var expected = object().put("at", at(event.envelope().time()));
    JsonNode data = JSON.valueToTree(event.message());
    for (var field : data.properties()) {
      var value = field.getValue();
      if (LEFT_OUT.contains(field.getKey()) || !value.isValueNode() || value.isNull()) continue;
      if (!value.isTextual()) {
        expected.set(field.getKey(), value);
        continue;
      }
      var instant = Names.instant(value.textValue());
      if (instant != null) expected.put(field.getKey(), at(instant));
      else if (!DIFFERS.matcher(value.textValue()).matches()) expected.set(field.getKey(), value);
    }
    return expected;
  }

  /// `+2d14h7m3.250s`
  private String at(Instant instant) {
    var since = Duration.between(start, instant);
    var text = new StringBuilder("+");
    if (since.toDays() > 0) text.append(since.toDays()).append('d');
    if (since.toHoursPart() > 0) text.append(since.toHoursPart()).append('h');
    if (since.toMinutesPart() > 0) text.append(since.toMinutesPart()).append('m');
    if (since.toMillisPart() > 0) {
      text.append("%d.%03ds".formatted(since.toSecondsPart(), since.toMillisPart()));
    } else if (since.toSecondsPart() > 0 || text.length() == 1) {
      text.append(since.toSecondsPart()).append('s');
    }
    return text.toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
