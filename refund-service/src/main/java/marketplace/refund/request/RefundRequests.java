package marketplace.refund.request;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Outcome.Done;
import marketplace.eventsourcing.Outcome.Refused;
import marketplace.eventsourcing.Outcome.VersionMismatch;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.eventsourcing.Query.Snapshot;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.Ledger;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.Ledger.Unopened;
import marketplace.refund.domain.LedgerCommand;
import marketplace.refund.domain.LedgerCommand.CaptureAnswer;
import marketplace.refund.domain.LedgerCommand.HearCapture;
import marketplace.refund.domain.LedgerCommand.Pay;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerRejection;
import marketplace.refund.process.RefundReactions;
import marketplace.refund.view.LedgerView;
import marketplace.refund.view.PaymentTab;
import marketplace.refund.view.PaymentView;
import marketplace.refund.view.RefundView;
import marketplace.refund.view.Versioned;

/// What may be asked of the money of one order.
public final class RefundRequests {
  static final int CODE_CHARS_MAX = 100;
  private static final String CODE_DEFAULT = "DECLINED";

  private final Aggregate<LedgerCommand, Ledger, LedgerEvent, LedgerRejection> aggregate;
  private final Lookup lookup;

  public RefundRequests(
      Aggregate<LedgerCommand, Ledger, LedgerEvent, LedgerRejection> aggregate, Lookup lookup) {
    this.aggregate = aggregate;
    this.lookup = lookup;
  }

  public Prepared pay(Call call, Bodies.NewPayment body) {
    if (!call.caller().is("BUYER")) throw Refusals.forbidden(call.caller().role());
    var orderId = body.orderId();
    var method = body.method();
    var amountMinor = body.amountMinor();
    if (orderId == null || method == null || amountMinor == null) {
      throw Refusals.missing("/orderId", orderId, "/method", method, "/amountMinor", amountMinor);
    }
    var paymentId = new PaymentId(call.ids().next());
    var buyerId = new BuyerId(call.caller().id());
    return command(call, orderId, new Pay(paymentId, buyerId, method, amountMinor), 201, paymentId);
  }

  public Prepared providerResult(Call call, String paymentId, Bodies.ProviderResult body) {
    if (!call.caller().is("PROVIDER") && !call.caller().is("SIMULATION")) {
      throw Refusals.forbidden(call.caller().role());
    }
    var result = body.result();
    if (result == null) throw Refusals.missing("/result", null);
    var code = body.code() == null ? CODE_DEFAULT : body.code();
    if (code.isBlank() || code.length() > CODE_CHARS_MAX) {
      throw Refusals.invalid(List.of(new FieldError("/code", "LENGTH")));
    }
    var answer =
        switch (result) {
          case CAPTURED -> new CaptureAnswer.Captured();
          case FAILED -> new CaptureAnswer.Refused(code);
        };
    var id = new PaymentId(uuid("paymentId", paymentId));
    return lookup
        .orderOf(id)
        .map(orderId -> command(call, orderId, new HearCapture(id, answer), 200, id))
        .orElseGet(() -> new Prepared.Immediately(Refusals.notFound("payment", null).toAnswer()));
  }

  public Prepared paymentTab(Call call, String orderId) {
    return query(
        order(orderId),
        "order",
        ledger -> isBuyer(call.caller(), ledger) || call.caller().is("PLATFORM"),
        (ledger, snapshot) ->
            Optional.of(
                PaymentTab.of(
                    ledger,
                    snapshot.now(),
                    snapshot.history().version(),
                    snapshot.history().publishedVersion())));
  }

  public Prepared getRefund(Call call, String refundId) {
    var id = new RefundId(uuid("refundId", refundId));
    return lookup
        .orderOf(id)
        .map(orderId ->
            query(
                orderId,
                "refund",
                ledger -> isParty(call.caller(), ledger),
                (ledger, snapshot) ->
                    ledger
                        .refund(id)
                        .map(refund -> RefundView.of(refund, ledger.terms(), snapshot.now()))
                        .map(view ->
                            new Versioned<>(
                                view,
                                snapshot.history().version(),
                                snapshot.history().publishedVersion()))))
        .orElseGet(() -> new Prepared.Immediately(Refusals.notFound("refund", null).toAnswer()));
  }

  /// Also what decides who may read the ledger's events.
  public Prepared getLedger(Call call, String orderId) {
    return query(
        order(orderId),
        "ledger",
        ledger -> call.caller().is("PLATFORM"),
        (ledger, snapshot) -> Optional.of(LedgerView.of(ledger, snapshot.history())));
  }

  private Prepared command(
      Call call, OrderId orderId, LedgerCommand command, int status, PaymentId paymentId) {
    return new CommandRequest<LedgerCommand, Ledger, LedgerEvent, LedgerRejection>(
        RefundReactions.streamOf(orderId),
        command,
        call.trace(),
        call.expectedVersion(),
        call.idempotencyKey(),
        outcome -> answer(outcome, status, paymentId));
  }

  private static Answer answer(
      Outcome<Ledger, LedgerEvent, LedgerRejection> outcome, int status, PaymentId paymentId) {
    return switch (outcome) {
      case Done<Ledger, LedgerEvent, LedgerRejection> done ->
          Answer.of(
              status,
              new Versioned<>(
                  payment(done.state(), paymentId), done.version(), done.publishedVersion()));
      case Refused<Ledger, LedgerEvent, LedgerRejection> refused ->
          Refusals.problem(refused.reason(), refused.at()).toAnswer();
      case VersionMismatch<Ledger, LedgerEvent, LedgerRejection> other ->
          Refusals.versionMismatch(other.version(), other.at());
    };
  }

  private static PaymentView payment(Ledger ledger, PaymentId paymentId) {
    return switch (ledger) {
      case Open open -> PaymentView.of(open.payment(paymentId).orElseThrow(), open.terms());
      case Unopened() -> throw new IllegalStateException("accepted without a ledger");
    };
  }

  /// A stranger learns nothing, not even that the order exists.
  private Prepared query(
      OrderId orderId,
      String what,
      Predicate<Open> mayRead,
      BiFunction<Open, Snapshot<Ledger, LedgerEvent>, Optional<Object>> view) {
    return new Query<>(
        RefundReactions.streamOf(orderId),
        aggregate,
        snapshot ->
            opened(snapshot.state())
                .filter(mayRead)
                .flatMap(ledger -> view.apply(ledger, snapshot))
                .map(body -> Answer.of(200, body))
                .orElseGet(() -> Refusals.notFound(what, snapshot.now()).toAnswer()));
  }

  private static Optional<Open> opened(Ledger ledger) {
    return switch (ledger) {
      case Open open -> Optional.of(open);
      case Unopened() -> Optional.empty();
    };
  }

  private static boolean isParty(Caller caller, Open ledger) {
    return caller.is("PLATFORM")
        || isBuyer(caller, ledger)
        || (caller.is("SELLER") && caller.id().equals(ledger.terms().sellerId().value()));
  }

  private static boolean isBuyer(Caller caller, Open ledger) {
    return caller.is("BUYER") && caller.id().equals(ledger.terms().buyerId().value());
  }

  private static OrderId order(String text) {
    return new OrderId(uuid("orderId", text));
  }

  private static UUID uuid(String name, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of(400, "MALFORMED", name + " must be a UUID, was " + text, null));
    }
  }
}
