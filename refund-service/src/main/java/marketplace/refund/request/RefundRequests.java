package marketplace.refund.request;

import java.time.Instant;
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
import marketplace.kernel.InquiryId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundId;
import marketplace.kernel.SellerId;
import marketplace.refund.domain.Cause;
import marketplace.refund.domain.Ledger;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.Ledger.Unopened;
import marketplace.refund.domain.LedgerCommand;
import marketplace.refund.domain.LedgerCommand.CaptureAnswer;
import marketplace.refund.domain.LedgerCommand.GrantGoodwill;
import marketplace.refund.domain.LedgerCommand.HearCapture;
import marketplace.refund.domain.LedgerCommand.OpenInquiry;
import marketplace.refund.domain.LedgerCommand.Pay;
import marketplace.refund.domain.LedgerCommand.ResolveInquiry;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerRejection;
import marketplace.refund.domain.wallet.BuyerWallet;
import marketplace.refund.domain.wallet.WalletCommand;
import marketplace.refund.domain.wallet.WalletEvent;
import marketplace.refund.process.RefundReactions;
import marketplace.refund.process.WalletConsequences;
import marketplace.refund.view.InquiryView;
import marketplace.refund.view.LedgerView;
import marketplace.refund.view.PaymentTab;
import marketplace.refund.view.PaymentView;
import marketplace.refund.view.RefundView;
import marketplace.refund.view.Versioned;
import marketplace.refund.view.WalletView;

/// What may be asked of the money of one order.
public final class RefundRequests {
  static final int CODE_CHARS_MAX = 100;
  static final int COMMENT_CHARS_MAX = 500;
  static final int INQUIRY_CHARS_MAX = 2_000;
  private static final String CODE_DEFAULT = "DECLINED";

  private final Aggregate<LedgerCommand, Ledger, LedgerEvent, LedgerRejection> aggregate;
  private final Aggregate<WalletCommand, BuyerWallet, WalletEvent, Void> wallets;
  private final Lookup lookup;

  public RefundRequests(
      Aggregate<LedgerCommand, Ledger, LedgerEvent, LedgerRejection> aggregate,
      Aggregate<WalletCommand, BuyerWallet, WalletEvent, Void> wallets,
      Lookup lookup) {
    this.aggregate = aggregate;
    this.wallets = wallets;
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
    var pay = new Pay(paymentId, buyerId, method, amountMinor);
    return command(call, orderId, pay, 201, (ledger, now) -> payment(ledger, paymentId));
  }

  public Prepared providerResult(Call call, String paymentId, Bodies.ProviderResult body) {
    if (!call.caller().is("PROVIDER") && !call.caller().is("SIMULATION")) {
      throw Refusals.forbidden(call.caller().role());
    }
    var result = body.result();
    if (result == null) throw Refusals.missing("/result", null);
    var code = body.code() == null ? CODE_DEFAULT : body.code();
    refuseUnstorable("/code", code, CODE_CHARS_MAX);
    var answer =
        switch (result) {
          case CAPTURED -> new CaptureAnswer.Captured();
          case FAILED -> new CaptureAnswer.Refused(code);
        };
    var id = new PaymentId(uuid("paymentId", paymentId));
    return lookup
        .orderOf(id)
        .map(orderId ->
            command(
                call,
                orderId,
                new HearCapture(id, answer),
                200,
                (ledger, now) -> payment(ledger, id)))
        .orElseGet(() -> new Prepared.Immediately(Refusals.notFound("payment", null).toAnswer()));
  }

  public Prepared grantGoodwill(Call call, String orderId, Bodies.Goodwill body) {
    if (!call.caller().is("SELLER")) throw Refusals.forbidden(call.caller().role());
    var amountMinor = body.amountMinor();
    if (amountMinor == null) throw Refusals.missing("/amountMinor", null);
    if (amountMinor < 1) {
      throw Refusals.invalid(List.of(new FieldError("/amountMinor", "OUT_OF_RANGE")));
    }
    var comment = body.comment();
    if (comment != null) refuseUnstorable("/comment", comment, COMMENT_CHARS_MAX);
    var cause = new Cause(RefundCause.GOODWILL, call.ids().next());
    return command(
        call,
        order(orderId),
        new GrantGoodwill(cause.id(), new SellerId(call.caller().id()), amountMinor, comment),
        201,
        (ledger, now) ->
            RefundView.of(ledger.refund(cause.refundId()).orElseThrow(), ledger.terms(), now));
  }

  public Prepared openInquiry(Call call, String refundId, Bodies.NewInquiry body) {
    if (!call.caller().is("BUYER")) throw Refusals.forbidden(call.caller().role());
    var text = body.text();
    if (text == null) throw Refusals.missing("/text", null);
    refuseUnstorable("/text", text, INQUIRY_CHARS_MAX);
    var id = new RefundId(uuid("refundId", refundId));
    var inquiryId = new InquiryId(call.ids().next());
    var open = new OpenInquiry(inquiryId, new BuyerId(call.caller().id()), id, text);
    return lookup
        .orderOf(id)
        .map(orderId ->
            command(call, orderId, open, 201, (ledger, now) -> inquiry(ledger, inquiryId)))
        .orElseGet(() -> new Prepared.Immediately(Refusals.notFound("refund", null).toAnswer()));
  }

  public Prepared resolveInquiry(Call call, String inquiryId, Bodies.Resolution body) {
    if (!call.caller().is("PLATFORM")) throw Refusals.forbidden(call.caller().role());
    var outcome = body.outcome();
    if (outcome == null) throw Refusals.missing("/outcome", null);
    var id = new InquiryId(uuid("inquiryId", inquiryId));
    return lookup
        .orderOf(id)
        .map(orderId ->
            command(
                call,
                orderId,
                new ResolveInquiry(id, outcome),
                200,
                (ledger, now) -> inquiry(ledger, id)))
        .orElseGet(() -> new Prepared.Immediately(Refusals.notFound("inquiry", null).toAnswer()));
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

  /// A buyer to whom nothing was ever refunded here has an empty wallet.
  public Prepared getWallet(Call call, String buyerId) {
    var id = new BuyerId(uuid("buyerId", buyerId));
    var caller = call.caller();
    if (!caller.is("PLATFORM") && !(caller.is("BUYER") && caller.id().equals(id.value()))) {
      return new Prepared.Immediately(Refusals.notFound("buyer", null).toAnswer());
    }
    return new Query<>(
        WalletConsequences.streamOf(id),
        wallets,
        seen -> Answer.of(200, WalletView.of(id, seen.state(), seen.history(), seen.now())));
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
      Call call,
      OrderId orderId,
      LedgerCommand command,
      int status,
      BiFunction<Open, Instant, Object> view) {
    return new CommandRequest<LedgerCommand, Ledger, LedgerEvent, LedgerRejection>(
        RefundReactions.streamOf(orderId),
        command,
        call.trace(),
        call.expectedVersion(),
        call.idempotencyKey(),
        outcome -> answer(outcome, status, view));
  }

  private static Answer answer(
      Outcome<Ledger, LedgerEvent, LedgerRejection> outcome,
      int status,
      BiFunction<Open, Instant, Object> view) {
    return switch (outcome) {
      case Done<Ledger, LedgerEvent, LedgerRejection> done ->
          Answer.of(
              status,
              new Versioned<>(
                  view.apply(opened(done.state()).orElseThrow(), done.at()),
                  done.version(),
                  done.publishedVersion()));
      case Refused<Ledger, LedgerEvent, LedgerRejection> refused ->
          Refusals.problem(refused.reason(), refused.at()).toAnswer();
      case VersionMismatch<Ledger, LedgerEvent, LedgerRejection> other ->
          Refusals.versionMismatch(other.version(), other.at());
    };
  }

  private static PaymentView payment(Open ledger, PaymentId id) {
    return PaymentView.of(ledger.payment(id).orElseThrow(), ledger.terms());
  }

  private static InquiryView inquiry(Open ledger, InquiryId id) {
    var refund = ledger.refundWith(id).orElseThrow();
    return InquiryView.of(refund.inquiry(id).orElseThrow(), refund, ledger.terms());
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

  /// The character U+0000 cannot be stored as JSON text.
  private static void refuseUnstorable(String pointer, String text, int charsMax) {
    if (text.isBlank() || text.length() > charsMax) {
      throw Refusals.invalid(List.of(new FieldError(pointer, "LENGTH")));
    }
    if (text.indexOf('\0') >= 0) {
      throw Refusals.invalid(List.of(new FieldError(pointer, "CHARACTER_NOT_ALLOWED")));
    }
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
