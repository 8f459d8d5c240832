package marketplace.order.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Ids;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.ViewRow;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.Policies;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.kernel.Units;
import marketplace.order.domain.Order;
import marketplace.order.domain.Order.Placed;
import marketplace.order.domain.OrderCommand;
import marketplace.order.domain.OrderDecider;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.OrderEvent.Destination;
import marketplace.order.domain.OrderRejection;
import marketplace.order.domain.Product;
import marketplace.order.view.BuyerAction;
import marketplace.order.view.CancelView;
import marketplace.order.view.CancellationOptions;
import marketplace.order.view.CancellationPreview;
import marketplace.order.view.DeliveryAddress;
import marketplace.order.view.OrderSummary;
import marketplace.order.view.OrderView;
import org.jspecify.annotations.Nullable;

/// What buyers, and those who look over their shoulder, may ask: each call becomes one command or
/// one look at a stream, and its outcome an answer.
public final class OrderRequests {
  private static final String BUYER = "BUYER";
  private static final String SELLER = "SELLER";
  private static final String PLATFORM = "PLATFORM";

  private final Policies policies;
  private final Catalogue catalogue;
  private final AddressBook addresses;
  private final Aggregate<OrderCommand, Order, OrderEvent, OrderRejection> orders;

  public OrderRequests(
      Policies policies,
      Catalogue catalogue,
      AddressBook addresses,
      Aggregate<OrderCommand, Order, OrderEvent, OrderRejection> orders) {
    this.policies = policies;
    this.catalogue = catalogue;
    this.addresses = addresses;
    this.orders = orders;
  }

  public Prepared placeOrder(Call call, JsonNode json) {
    var buyer = buyer(call);
    var body = Body.read(json, OrderBodies.PlaceOrder.class);
    Body.refuseIfAny(body.errors());
    return place(
        call,
        new Basket(
            buyer,
            body.sellerId(),
            body.lines(),
            body.shippingFeeMinor(),
            body.paymentMethod(),
            body.deliverTo(),
            body.policyId() == null ? Policies.DEFAULT_ID : body.policyId(),
            body.externalReference(),
            null),
        body.couponCode());
  }

  /// O20: the same again, at today's prices.
  public Prepared reorder(Call call, OrderId orderId, JsonNode json) {
    var buyer = buyer(call);
    var body = Body.readOrEmpty(json, OrderBodies.Reorder.class);
    Body.refuseIfAny(body.errors());
    var first = catalogue.order(orderId);
    if (first.isEmpty()) throw unknown();
    if (!first.get().buyerId().equals(buyer)) throw forbidden("the order is somebody else's");
    return place(call, basket(first.get(), body), body.couponCode());
  }

  private static Basket basket(OrderSummary first, OrderBodies.Reorder changes) {
    var lines = changes.lines();
    var deliverTo = changes.deliverTo();
    return new Basket(
        first.buyerId(),
        first.sellerId(),
        lines != null
            ? lines
            : first.lines().stream()
                .map(line -> new OrderBodies.Line(line.productId(), line.quantity()))
                .toList(),
        first.shippingFeeMinor(),
        changes.paymentMethod() != null ? changes.paymentMethod() : first.paymentMethod(),
        deliverTo != null
            ? deliverTo
            : OrderBodies.DeliverTo.known(
                first.deliverTo().addressId(), first.deliverTo().country()),
        first.policyId(),
        null,
        first.orderId());
  }

  /// What is to be ordered.
  ///
  /// @param externalReference null unless the buyer buys for somebody else
  /// @param reorderOf null for a first order
  private record Basket(
      BuyerId buyerId,
      SellerId sellerId,
      List<OrderBodies.Line> lines,
      long shippingFeeMinor,
      PaymentMethod paymentMethod,
      OrderBodies.DeliverTo deliverTo,
      String policyId,
      @Nullable String externalReference,
      @Nullable OrderId reorderOf) {}

  private Prepared place(Call call, Basket basket, @Nullable String couponCode) {
    var orderId = new OrderId(call.ids().next());
    var destination = destination(basket.deliverTo(), orderId);
    var address = newAddress(basket, destination);
    var command =
        new OrderCommand.PlaceOrder(
            orderId,
            basket.buyerId(),
            basket.sellerId(),
            wanted(basket.lines()),
            basket.shippingFeeMinor(),
            couponCode == null
                ? null
                : new OrderCommand.WantedCoupon(
                    couponCode, catalogue.coupons(basket.buyerId(), couponCode)),
            basket.paymentMethod(),
            destination,
            policies.find(basket.policyId()).orElse(null),
            basket.externalReference(),
            basket.reorderOf());
    return command(
        call,
        orderId,
        command,
        done -> new Answer(201, Map.of("Location", "/v1/orders/" + orderId), view(done)),
        address.map(DeliveryAddress::row).stream().toList());
  }

  /// An address that an order may already be on its way to is not changed: another place is another
  /// address.
  private Optional<DeliveryAddress> newAddress(Basket basket, Destination destination) {
    var place = basket.deliverTo().place();
    if (place == null) return Optional.empty();
    var address = new DeliveryAddress(destination.addressId(), basket.buyerId(), place);
    var known = addresses.find(basket.buyerId(), destination.addressId());
    if (known.isPresent() && !known.get().equals(address)) {
      throw new ProblemException(
          Problem.of(422, "INVALID", "this address is known as another place", null)
              .withErrors(List.of(new FieldError("/deliverTo/addressId", "KNOWN_ALREADY"))));
    }
    return Optional.of(address);
  }

  private List<OrderCommand.Wanted> wanted(List<OrderBodies.Line> lines) {
    var ids = lines.stream().map(OrderBodies.Line::productId).distinct().toList();
    Map<ProductId, Product> known =
        catalogue.products(ids).stream()
            .collect(Collectors.toMap(Product::productId, Function.identity()));
    return lines.stream().map(line -> wanted(line, known.get(line.productId()))).toList();
  }

  private static OrderCommand.Wanted wanted(OrderBodies.Line line, @Nullable Product product) {
    return product == null
        ? new OrderCommand.NotSold(line.productId())
        : new OrderCommand.Sold(product, line.quantity());
  }

  private static Destination destination(OrderBodies.DeliverTo deliverTo, OrderId orderId) {
    var addressId = deliverTo.addressId();
    return new Destination(
        addressId != null ? addressId : new AddressId(Ids.nameBased("address", orderId.toString())),
        deliverTo.country());
  }

  public Prepared requestCancellation(Call call, OrderId orderId, JsonNode json) {
    var buyer = buyer(call);
    var body = Body.read(json, OrderBodies.RequestCancellation.class);
    Body.refuseIfAny(body.errors());
    var command =
        new OrderCommand.RequestCancellation(
            buyer,
            new CancellationId(call.ids().next()),
            OrderBodies.units(body.units()),
            reason(body.reason()),
            words(body.comment()));
    return command(call, orderId, command, OrderRequests::cancelledOrRequested);
  }

  private static CancellationReason reason(String name) {
    return Stream.of(CancellationReason.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> refused(422, "UNKNOWN_REASON", "/reason", "see /v1/cancellation-reasons"));
  }

  private static Answer cancelledOrRequested(Outcome.Done<Order, OrderEvent, OrderRejection> done) {
    var requested =
        done.events().stream()
            .filter(OrderEvent.CancellationRequested.class::isInstance)
            .map(OrderEvent.CancellationRequested.class::cast)
            .findFirst();
    return requested
        .map(event -> undecided(done, event.cancellationId(), Optional.of("REQUESTED")))
        .orElseGet(() -> Answer.of(200, new Cancelled("CANCELLED", view(done))));
  }

  /// An unpaid order is gone at once.
  public record Cancelled(String result, OrderView order) {}

  public Prepared withdrawCancellation(
      Call call, OrderId orderId, CancellationId cancellationId, JsonNode json) {
    var command = new OrderCommand.AskWithdrawal(buyer(call), cancellationId);
    Body.readOrEmpty(json, OrderBodies.Nothing.class);
    return command(
        call, orderId, command, done -> undecided(done, cancellationId, Optional.empty()));
  }

  public Prepared answerOffer(
      Call call, OrderId orderId, CancellationId cancellationId, OfferId offerId, JsonNode json) {
    var buyer = buyer(call);
    var body = Body.read(json, OrderBodies.AnswerOffer.class);
    var command = new OrderCommand.AnswerOffer(buyer, cancellationId, offerId, body.answer());
    return command(
        call, orderId, command, done -> undecided(done, cancellationId, Optional.empty()));
  }

  /// The seller's side decides; the request's own address shows how.
  private static Answer undecided(
      Outcome.Done<Order, OrderEvent, OrderRejection> done,
      CancellationId cancellationId,
      Optional<String> result) {
    var order = placed(done.state());
    var request = order.requests().find(cancellationId).orElseThrow();
    var path = "/v1/orders/" + order.terms().orderId() + "/cancellations/" + cancellationId;
    return new Answer(
        202,
        Map.of("Location", path),
        new Undecided(
            "ACCEPTED_FOR_DECISION",
            result.orElse(null),
            CancelView.of(request, done.at()),
            done.version(),
            done.publishedVersion()));
  }

  /// @param result REQUESTED for a new request, null for what is said about one
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Undecided(
      String status,
      @Nullable String result,
      CancelView cancellation,
      int version,
      int publishedVersion) {}

  public Prepared confirmReceipt(Call call, OrderId orderId, JsonNode json) {
    var command = new OrderCommand.ConfirmReceipt(buyer(call));
    Body.readOrEmpty(json, OrderBodies.Nothing.class);
    return command(call, orderId, command, done -> Answer.of(200, view(done)));
  }

  public Prepared review(Call call, OrderId orderId, JsonNode json) {
    var buyer = buyer(call);
    var body = Body.read(json, OrderBodies.Review.class);
    Body.refuseIfAny(body.errors());
    var command = new OrderCommand.Review(buyer, body.stars(), words(body.comment()));
    return command(call, orderId, command, done -> Answer.of(201, view(done)));
  }

  private static @Nullable String words(@Nullable String comment) {
    return comment == null || comment.isBlank() ? null : comment;
  }

  /// Lines and address are part of what was agreed: whoever wants others cancels and orders again.
  public Prepared changeOrder(Call call, OrderId orderId) {
    return new Query<>(
        stream(orderId),
        orders,
        seen -> {
          if (!(seen.state() instanceof Placed order)) return unknown().problem().toAnswer();
          if (!mayRead(call, order, BUYER, SELLER, PLATFORM)) {
            return forbidden("the order is somebody else's").problem().toAnswer();
          }
          return Problem.of(
                  409,
                  "ORDER_IS_FIXED",
                  "a placed order is not changed; cancel it and reorder",
                  seen.now())
              .withAllowedActions(
                  call.caller().is(BUYER) ? BuyerAction.allowedNames(order, seen.now()) : List.of())
              .toAnswer();
        });
  }

  public Prepared getOrder(Call call, OrderId orderId) {
    return look(
        orderId,
        order -> mayRead(call, order, BUYER, SELLER, PLATFORM),
        (order, seen) ->
            Answer.of(
                200,
                OrderView.of(
                    order,
                    call.caller().is(BUYER),
                    seen.history().version(),
                    seen.history().publishedVersion(),
                    seen.now())));
  }

  /// The seller needs it only as long as he has something to send.
  public Prepared getDeliveryAddress(Call call, OrderId orderId) {
    return look(
        orderId,
        order ->
            mayRead(call, order, BUYER, SELLER, PLATFORM)
                && (!call.caller().is(SELLER) || isToBeShipped(order)),
        (order, _) ->
            addresses
                .find(order.terms().buyerId(), order.terms().deliverTo().addressId())
                .map(address -> Answer.of(200, address.view()))
                .orElseGet(() -> unknown().problem().toAnswer()));
  }

  private static boolean isToBeShipped(Placed order) {
    return order.preparation() instanceof Order.Ready && !order.goods().open().isEmpty();
  }

  /// The audit of the order's stream, without what the store adds to it.
  public Prepared getOrderEvents(Call call, OrderId orderId) {
    return look(
        orderId,
        order -> mayRead(call, order, BUYER, PLATFORM),
        (_, seen) -> Answer.of(200, OrderAudit.of(seen.history(), orders.codec())));
  }

  public Prepared cancellationOptions(Call call, OrderId orderId) {
    return look(
        orderId,
        order -> mayRead(call, order, BUYER),
        (order, seen) ->
            Answer.of(
                200,
                CancellationOptions.of(
                    order,
                    policies.find(order.terms().terms().policyId()).orElse(null),
                    seen.now())));
  }

  public Prepared cancellationPreview(Call call, OrderId orderId, JsonNode json) {
    var body = Body.readOrEmpty(json, OrderBodies.PreviewCancellation.class);
    Body.refuseIfAny(body.errors());
    var wanted = OrderBodies.units(body.units());
    return look(
        orderId,
        order -> mayRead(call, order, BUYER),
        (order, seen) -> preview(order, wanted, seen.now()));
  }

  private static Answer preview(Placed order, @Nullable Units wanted, Instant now) {
    var units = wanted == null ? order.goods().open() : wanted;
    var refusal = OrderDecider.whyNotOpen(units, order);
    if (units.isEmpty()) refusal = Optional.of(new OrderRejection.UnitsNotOpen());
    return refusal
        .map(reason ->
            OrderProblems.refused(
                    422, reason, "not so many units are still to be shipped", order, now)
                .toAnswer())
        .orElseGet(() -> Answer.of(200, CancellationPreview.of(order, units, now)));
  }

  public Prepared getCancellations(Call call, OrderId orderId) {
    return look(
        orderId,
        order -> mayRead(call, order, BUYER, PLATFORM),
        (order, seen) ->
            Answer.of(
                200,
                order.requests().sent().stream()
                    .map(request -> CancelView.of(request, seen.now()))
                    .toList()));
  }

  public Prepared getCancellation(Call call, OrderId orderId, CancellationId cancellationId) {
    return look(
        orderId,
        order -> mayRead(call, order, BUYER, PLATFORM),
        (order, seen) ->
            order
                .requests()
                .find(cancellationId)
                .map(request -> Answer.of(200, CancelView.of(request, seen.now())))
                .orElseGet(() -> unknown().problem().toAnswer()));
  }

  public Prepared cancellationReasons() {
    return new Prepared.Immediately(Answer.of(200, CancellationOptions.allReasons()));
  }

  /// An id in a path.
  static <T> T id(Map<String, String> parameters, String name, Function<UUID, T> type) {
    var text = parameters.get(name);
    try {
      if (text != null) return type.apply(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw notAnId(name);
    }
    throw notAnId(name);
  }

  private static ProblemException notAnId(String name) {
    return refused(400, "MALFORMED", name, name + " must be a UUID");
  }

  private Prepared command(
      Call call,
      OrderId orderId,
      OrderCommand command,
      Function<Outcome.Done<Order, OrderEvent, OrderRejection>, Answer> answer) {
    return command(call, orderId, command, answer, List.of());
  }

  /// @param rows to be written where the command is accepted
  private static Prepared command(
      Call call,
      OrderId orderId,
      OrderCommand command,
      Function<Outcome.Done<Order, OrderEvent, OrderRejection>, Answer> answer,
      List<ViewRow> rows) {
    return new CommandRequest<OrderCommand, Order, OrderEvent, OrderRejection>(
        stream(orderId),
        command,
        call.trace(),
        call.expectedVersion(),
        call.idempotencyKey(),
        outcome ->
            switch (outcome) {
              case Outcome.Done<Order, OrderEvent, OrderRejection> done -> answer.apply(done);
              case Outcome.Refused<Order, OrderEvent, OrderRejection> refused ->
                  OrderProblems.of(refused.reason(), refused.state(), refused.at()).toAnswer();
              case Outcome.VersionMismatch<Order, OrderEvent, OrderRejection> other ->
                  Problem.of(
                          412,
                          "VERSION_MISMATCH",
                          "the order is at version " + other.version(),
                          other.at())
                      .toAnswer();
            },
        outcome -> outcome instanceof Outcome.Done ? rows : List.of());
  }

  private Prepared look(OrderId orderId, MayRead mayRead, Show show) {
    return new Query<>(
        stream(orderId),
        orders,
        seen ->
            seen.state() instanceof Placed order && mayRead.test(order)
                ? show.answer(withoutErasedWords(order), seen)
                : unknown().problem().toAnswer());
  }

  private Placed withoutErasedWords(Placed order) {
    if (!order.hasWords()) return order;
    return addresses.erasedAt(order.terms().buyerId()).map(order::withoutWordsUntil).orElse(order);
  }

  @FunctionalInterface
  private interface MayRead {
    boolean test(Placed order);
  }

  @FunctionalInterface
  private interface Show {
    Answer answer(Placed order, Query.Snapshot<Order, OrderEvent> seen);
  }

  /// Who reads what is not his is told that there is nothing.
  private static boolean mayRead(Call call, Placed order, String... roles) {
    var caller = call.caller();
    if (!List.of(roles).contains(caller.role())) return false;
    return switch (caller.role()) {
      case BUYER -> order.terms().buyerId().value().equals(caller.id());
      case SELLER -> order.terms().sellerId().value().equals(caller.id());
      default -> true;
    };
  }

  private static BuyerId buyer(Call call) {
    if (!call.caller().is(BUYER)) throw forbidden("only a buyer may do this");
    return new BuyerId(call.caller().id());
  }

  private static OrderView view(Outcome.Done<Order, OrderEvent, OrderRejection> done) {
    return OrderView.of(
        placed(done.state()), true, done.version(), done.publishedVersion(), done.at());
  }

  private static Placed placed(Order order) {
    return switch (order) {
      case Placed placed -> placed;
      case Order.NotPlaced() -> throw new IllegalStateException("accepted without an order");
    };
  }

  private static StreamId stream(OrderId orderId) {
    return new StreamId("order", orderId.value());
  }

  private static ProblemException unknown() {
    return new ProblemException(Problem.of(404, "NOT_FOUND", "there is no such order", null));
  }

  private static ProblemException forbidden(String detail) {
    return new ProblemException(Problem.of(403, "FORBIDDEN", detail, null));
  }

  private static ProblemException refused(int status, String code, String pointer, String detail) {
    return new ProblemException(
        Problem.of(status, code, detail, null).withErrors(List.of(new FieldError(pointer, code))));
  }
}
