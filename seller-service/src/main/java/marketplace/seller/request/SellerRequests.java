package marketplace.seller.request;

import static marketplace.seller.process.SellerReactions.fulfilmentOf;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.kernel.CancellationId;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.SellerCancellationReason;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import marketplace.seller.domain.fulfilment.Fulfilment;
import marketplace.seller.domain.fulfilment.Fulfilment.Announced;
import marketplace.seller.domain.fulfilment.Fulfilment.Opened;
import marketplace.seller.domain.fulfilment.Fulfilment.Unknown;
import marketplace.seller.domain.fulfilment.FulfilmentCommand;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.AgreeToReturn;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Approve;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.CancelBySeller;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Decline;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.OfferPartialRefund;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReportTracking;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Ship;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.StartProcessing;
import marketplace.seller.domain.fulfilment.FulfilmentEvent;
import marketplace.seller.domain.fulfilment.FulfilmentRejection;
import marketplace.seller.domain.fulfilment.Tracking;
import marketplace.seller.view.CancelView;
import marketplace.seller.view.Lookup;
import marketplace.seller.view.SellerOrderView;
import marketplace.seller.view.ShipmentView;
import marketplace.seller.view.Versioned;
import org.jspecify.annotations.Nullable;

/// What sellers ask about their orders, and carriers about parcels.
public final class SellerRequests {
  public static final int APPROVALS_MAX = 100;

  private final Aggregate<FulfilmentCommand, Fulfilment, FulfilmentEvent, FulfilmentRejection>
      fulfilments;
  private final Lookup lookup;

  public SellerRequests(
      Aggregate<FulfilmentCommand, Fulfilment, FulfilmentEvent, FulfilmentRejection> fulfilments,
      Lookup lookup) {
    this.fulfilments = fulfilments;
    this.lookup = lookup;
  }

  // Orders

  public Prepared getSellerOrder(Call call, String orderId) {
    Checks.role(call, "SELLER", "PLATFORM");
    return look(
        orderId(orderId),
        "order",
        (o, now) ->
            visibleToSeller(call.caller(), o)
                ? Optional.of(SellerOrderView.of(o, now))
                : Optional.empty());
  }

  public Prepared startProcessing(Call call, String orderId, Bodies.@Nullable Nothing body) {
    var seller = seller(call);
    return decide(call, orderId(orderId), new StartProcessing(seller), SellerRequests::order);
  }

  public Prepared ship(Call call, String orderId, Bodies.Shipment body) {
    var seller = seller(call);
    var order = orderId(orderId);
    var checks = new Checks();
    var units = checks.units(body.units());
    var carrier = checks.text("/carrier", body.carrier(), Checks.CARRIER_CHARS_MAX);
    var number =
        checks.text("/trackingNumber", body.trackingNumber(), Checks.TRACKING_NUMBER_CHARS_MAX);
    checks.done();
    var shipmentId = new ShipmentId(call.ids().next());
    var used = lookup.isNumberUsed(carrier, number);
    return decide(
        call,
        order,
        new Ship(seller, shipmentId, units, carrier, number, used),
        done -> dispatched(shipmentId, done));
  }

  public Prepared cancelBySeller(Call call, String orderId, Bodies.SellerCancellation body) {
    var seller = seller(call);
    var order = orderId(orderId);
    var checks = new Checks();
    var units = checks.units(body.units());
    var reason = checks.present("/reason", body.reason(), SellerCancellationReason.OTHER);
    var comment = checks.comment(body.comment());
    checks.done();
    return decide(
        call, order, new CancelBySeller(seller, units, reason, comment), SellerRequests::order);
  }

  public Prepared agreeToReturn(Call call, String orderId, Bodies.ReturnAgreement body) {
    var seller = seller(call);
    var order = orderId(orderId);
    var checks = new Checks();
    var units = checks.present("/units", checks.units(body.units()), Units.NONE);
    var comment = checks.comment(body.comment());
    checks.done();
    return decide(
        call, order, new AgreeToReturn(seller, units, comment), SellerRequests::returnAgreed);
  }

  // Cancellation tasks

  public Prepared getCancellationTask(Call call, String cancellationId) {
    Checks.role(call, "SELLER", "PLATFORM");
    var id = cancellationId(cancellationId);
    return lookup
        .orderOf(id)
        .<Prepared>map(order ->
            look(
                order,
                "cancellation task",
                (o, now) ->
                    visibleToSeller(call.caller(), o)
                        ? o.request(id).map(request -> CancelView.of(o.terms(), request, now))
                        : Optional.empty()))
        .orElseThrow(() -> unknown("cancellation task"));
  }

  public Prepared approveCancellation(Call call, String cancellationId, Bodies.Comment body) {
    var seller = seller(call);
    var comment = comment(body.comment());
    return decideTask(call, cancellationId, id -> new Approve(seller, id, comment));
  }

  public Prepared declineCancellation(Call call, String cancellationId, Bodies.Comment body) {
    var seller = seller(call);
    var comment = comment(body.comment());
    return decideTask(call, cancellationId, id -> new Decline(seller, id, comment));
  }

  public Prepared offerPartialRefund(Call call, String cancellationId, Bodies.PartialRefund body) {
    var seller = seller(call);
    var id = cancellationId(cancellationId);
    var checks = new Checks();
    // Out of range is for the rules to say: only they know the amount.
    var refundMinor = checks.present("/refundMinor", body.refundMinor(), 0L);
    var comment = checks.comment(body.comment());
    checks.done();
    var offerId = new OfferId(call.ids().next());
    return lookup
        .orderOf(id)
        .<Prepared>map(order ->
            decide(
                call,
                order,
                new OfferPartialRefund(seller, id, offerId, refundMinor, comment),
                SellerRequests::offerMade))
        .orElseThrow(() -> unknown("cancellation task"));
  }

  /// The ids of a bulk approval, each of which is then a call of its own.
  public static List<CancellationId> approvals(Bodies.Approvals body) {
    var checks = new Checks();
    var ids = checks.present("/cancellationIds", body.cancellationIds(), List.<CancellationId>of());
    ids.forEach(id -> checks.present("/cancellationIds", id, id));
    checks.atMost("/cancellationIds", ids, APPROVALS_MAX);
    checks.done();
    return ids;
  }

  // Shipments

  public Prepared getShipment(Call call, String shipmentId) {
    Checks.role(call, "BUYER", "SELLER", "PLATFORM");
    var id = shipmentId(shipmentId);
    return lookup
        .orderOf(id)
        .<Prepared>map(order ->
            look(
                order,
                "shipment",
                (o, now) ->
                    visibleToParties(call.caller(), o)
                        ? o.parcel(id).map(parcel -> ShipmentView.of(o.terms(), parcel))
                        : Optional.empty()))
        .orElseThrow(() -> unknown("shipment"));
  }

  public Prepared reportTracking(Call call, String shipmentId, Bodies.TrackingReport body) {
    Checks.role(call, "CARRIER", "SIMULATION");
    var id = shipmentId(shipmentId);
    var checks = new Checks();
    var status = checks.present("/status", body.status(), Bodies.TrackingReport.Status.IN_TRANSIT);
    checks.done();
    return lookup
        .orderOf(id)
        .<Prepared>map(order ->
            decide(
                call,
                order,
                new ReportTracking(id, tracking(status), body.at()),
                done -> shipment(id, done)))
        .orElseThrow(() -> unknown("shipment"));
  }

  private static Tracking tracking(Bodies.TrackingReport.Status status) {
    return switch (status) {
      case IN_TRANSIT -> Tracking.IN_TRANSIT;
      case DELIVERED -> Tracking.DELIVERED;
      case REFUSED -> Tracking.REFUSED;
      case RETURNED_TO_SENDER -> Tracking.RETURNED_TO_SENDER;
      case LOST -> Tracking.LOST;
    };
  }

  // Answers

  /// A parcel on its way.
  ///
  /// @param closesCancellationId the request that this shipment ended, null for none
  public record Dispatched(
      ShipmentId shipmentId, Instant deliverBy, @Nullable CancellationId closesCancellationId) {}

  public record OfferMade(OfferId offerId, Instant answerBy) {}

  public record ReturnAgreed(Units units, @Nullable String comment, Instant agreedAt) {}

  private static Answer dispatched(ShipmentId id, Done done) {
    var event = done.event(FulfilmentEvent.ShipmentDispatched.class);
    return new Answer(
        201,
        Map.of("Location", "/v1/shipments/" + id),
        done.versioned(new Dispatched(id, event.deliverBy(), event.closesCancellationId())));
  }

  private static Answer offerMade(Done done) {
    var event = done.event(FulfilmentEvent.PartialRefundOffered.class);
    return new Answer(
        201,
        Map.of("Location", "/v1/cancellation-tasks/" + event.cancellationId()),
        done.versioned(new OfferMade(event.offerId(), event.answerBy())));
  }

  private static Answer returnAgreed(Done done) {
    var event = done.event(FulfilmentEvent.ReturnAgreed.class);
    return Answer.of(
        201, done.versioned(new ReturnAgreed(event.units(), event.comment(), event.agreedAt())));
  }

  private static Answer order(Done done) {
    return done.answer(SellerOrderView.of(done.state(), done.at()));
  }

  private static Answer task(CancellationId id, Done done) {
    var request = done.state().request(id).orElseThrow();
    return done.answer(CancelView.of(done.state().terms(), request, done.at()));
  }

  private static Answer shipment(ShipmentId id, Done done) {
    var parcel = done.state().parcel(id).orElseThrow();
    return done.answer(ShipmentView.of(done.state().terms(), parcel));
  }

  /// A command that was accepted, and so left an opened fulfilment.
  private record Done(
      Opened state, List<FulfilmentEvent> events, int version, int publishedVersion, Instant at) {

    Answer answer(Object view) {
      return Answer.of(200, versioned(view));
    }

    Versioned<Object> versioned(Object view) {
      return new Versioned<>(view, version, publishedVersion);
    }

    <E extends FulfilmentEvent> E event(Class<E> type) {
      return events.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }
  }

  // The ways in

  private CommandRequest<FulfilmentCommand, Fulfilment, FulfilmentEvent, FulfilmentRejection>
      decide(Call call, OrderId orderId, FulfilmentCommand command, Function<Done, Answer> answer) {
    return new CommandRequest<>(
        fulfilmentOf(orderId),
        command,
        call.trace(),
        call.expectedVersion(),
        call.idempotencyKey(),
        outcome ->
            switch (outcome) {
              case Outcome.Done<Fulfilment, FulfilmentEvent, FulfilmentRejection> done ->
                  answer.apply(done(done));
              case Outcome.Refused<Fulfilment, FulfilmentEvent, FulfilmentRejection> refused ->
                  Refusals.toAnswer(refused);
              case Outcome.VersionMismatch<Fulfilment, FulfilmentEvent, FulfilmentRejection> m ->
                  Refusals.versionMismatch(m.version(), m.at());
            });
  }

  private static Done done(Outcome.Done<Fulfilment, FulfilmentEvent, FulfilmentRejection> done) {
    return switch (done.state()) {
      case Opened o ->
          new Done(o, done.events(), done.version(), done.publishedVersion(), done.at());
      case Unknown _, Announced _ ->
          throw new IllegalStateException("accepted, though nothing is to be shipped");
    };
  }

  private Prepared decideTask(
      Call call, String cancellationId, Function<CancellationId, FulfilmentCommand> command) {
    var id = cancellationId(cancellationId);
    return lookup
        .orderOf(id)
        .<Prepared>map(order -> decide(call, order, command.apply(id), done -> task(id, done)))
        .orElseThrow(() -> unknown("cancellation task"));
  }

  /// @param view empty where the caller is not to know of it
  private Prepared look(
      OrderId orderId, String what, BiFunction<Opened, Instant, Optional<?>> view) {
    return new Query<>(
        fulfilmentOf(orderId),
        fulfilments,
        snapshot -> {
          var history = snapshot.history();
          Optional<?> seen =
              switch (snapshot.state()) {
                case Unknown _, Announced _ -> Optional.empty();
                case Opened o -> view.apply(o, snapshot.now());
              };
          return seen.map(shown ->
                  Answer.of(
                      200,
                      new Versioned<Object>(shown, history.version(), history.publishedVersion())))
              .orElseGet(() -> Refusals.notFound(what, snapshot.now()).toAnswer());
        });
  }

  private static ProblemException unknown(String what) {
    return new ProblemException(Refusals.notFound(what, null));
  }

  private static boolean visibleToSeller(Caller caller, Opened o) {
    return caller.is("PLATFORM")
        || (caller.is("SELLER") && caller.id().equals(o.terms().sellerId().value()));
  }

  private static boolean visibleToParties(Caller caller, Opened o) {
    return visibleToSeller(caller, o)
        || (caller.is("BUYER") && caller.id().equals(o.terms().buyerId().value()));
  }

  private static SellerId seller(Call call) {
    Checks.role(call, "SELLER");
    return new SellerId(call.caller().id());
  }

  private static OrderId orderId(String text) {
    return Checks.id("orderId", text, OrderId::of);
  }

  private static CancellationId cancellationId(String text) {
    return Checks.id("cancellationId", text, CancellationId::of);
  }

  private static ShipmentId shipmentId(String text) {
    return Checks.id("shipmentId", text, ShipmentId::of);
  }

  private static @Nullable String comment(@Nullable String value) {
    var checks = new Checks();
    var comment = checks.comment(value);
    checks.done();
    return comment;
  }
}
