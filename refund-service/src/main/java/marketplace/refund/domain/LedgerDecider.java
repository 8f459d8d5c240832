package marketplace.refund.domain;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.PaymentId;
import marketplace.kernel.RefundCause;
import marketplace.refund.domain.Ledger.Cancellation;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.Ledger.Unopened;
import marketplace.refund.domain.Ledger.WindowClosing;
import marketplace.refund.domain.Ledger.WindowOpen;
import marketplace.refund.domain.LedgerCommand.AskCapture;
import marketplace.refund.domain.LedgerCommand.AskRefund;
import marketplace.refund.domain.LedgerCommand.AskSettlement;
import marketplace.refund.domain.LedgerCommand.CancelOrder;
import marketplace.refund.domain.LedgerCommand.CaptureAnswer;
import marketplace.refund.domain.LedgerCommand.CauseRefund;
import marketplace.refund.domain.LedgerCommand.CloseAfterSale;
import marketplace.refund.domain.LedgerCommand.CollectCash;
import marketplace.refund.domain.LedgerCommand.GrantGoodwill;
import marketplace.refund.domain.LedgerCommand.HearCapture;
import marketplace.refund.domain.LedgerCommand.HearRefund;
import marketplace.refund.domain.LedgerCommand.HearSettlement;
import marketplace.refund.domain.LedgerCommand.NoteCaseEnd;
import marketplace.refund.domain.LedgerCommand.NoteCaseOpen;
import marketplace.refund.domain.LedgerCommand.NoteOrder;
import marketplace.refund.domain.LedgerCommand.NoteShipment;
import marketplace.refund.domain.LedgerCommand.OpenInquiry;
import marketplace.refund.domain.LedgerCommand.OpenLedger;
import marketplace.refund.domain.LedgerCommand.Pay;
import marketplace.refund.domain.LedgerCommand.RefundAnswer;
import marketplace.refund.domain.LedgerCommand.ResolveInquiry;
import marketplace.refund.domain.LedgerEvent.CancellationNoted;
import marketplace.refund.domain.LedgerEvent.CaseEndNoted;
import marketplace.refund.domain.LedgerEvent.CaseOpenNoted;
import marketplace.refund.domain.LedgerEvent.ClosingNoted;
import marketplace.refund.domain.LedgerEvent.GoodwillExplained;
import marketplace.refund.domain.LedgerEvent.LedgerOpened;
import marketplace.refund.domain.LedgerEvent.OrderNoted;
import marketplace.refund.domain.LedgerEvent.PaymentAuthorized;
import marketplace.refund.domain.LedgerEvent.PaymentCaptured;
import marketplace.refund.domain.LedgerEvent.PaymentFailed;
import marketplace.refund.domain.LedgerEvent.PaymentPostponed;
import marketplace.refund.domain.LedgerEvent.RefundDenied;
import marketplace.refund.domain.LedgerEvent.RefundHeld;
import marketplace.refund.domain.LedgerEvent.RefundInquiryOpened;
import marketplace.refund.domain.LedgerEvent.RefundInquiryResolved;
import marketplace.refund.domain.LedgerEvent.RefundSettled;
import marketplace.refund.domain.LedgerEvent.ShipmentNoted;
import marketplace.refund.domain.LedgerRejection.AlreadyPaid;
import marketplace.refund.domain.LedgerRejection.AmountContradicts;
import marketplace.refund.domain.LedgerRejection.CaseIsOpen;
import marketplace.refund.domain.LedgerRejection.DuplicateFact;
import marketplace.refund.domain.LedgerRejection.ExceedsBalance;
import marketplace.refund.domain.LedgerRejection.IllegalTransition;
import marketplace.refund.domain.LedgerRejection.InquiryIsClosed;
import marketplace.refund.domain.LedgerRejection.InquiryIsOpen;
import marketplace.refund.domain.LedgerRejection.InquiryUnknown;
import marketplace.refund.domain.LedgerRejection.MethodNotAllowed;
import marketplace.refund.domain.LedgerRejection.NotShipped;
import marketplace.refund.domain.LedgerRejection.NotTheBuyer;
import marketplace.refund.domain.LedgerRejection.NotTheSeller;
import marketplace.refund.domain.LedgerRejection.OrderIsCancelled;
import marketplace.refund.domain.LedgerRejection.OrderUnknown;
import marketplace.refund.domain.LedgerRejection.PaymentIsFinal;
import marketplace.refund.domain.LedgerRejection.PaymentUnknown;
import marketplace.refund.domain.LedgerRejection.RefundIsSettled;
import marketplace.refund.domain.LedgerRejection.RefundUnknown;
import marketplace.refund.domain.LedgerRejection.TooEarly;
import marketplace.refund.domain.LedgerRejection.WindowIsClosed;
import marketplace.refund.domain.LedgerRejection.WrongAmount;

/// The rules of the money (domain, section 8.3). It never speaks to the provider: it says what he
/// is to be asked, and hears his answer as a command.
public final class LedgerDecider
    implements Decider<LedgerCommand, Ledger, LedgerEvent, LedgerRejection> {
  private static final int RETRY_RANK = 14;
  private static final int SETTLEMENT_RANK = 15;
  private static final int CAPTURE_RANK = 16;

  @Override
  public Ledger initialState() {
    return new Unopened();
  }

  @Override
  public Decision<LedgerEvent, LedgerRejection> decide(
      LedgerCommand command, Ledger ledger, Instant at) {
    return switch (ledger) {
      case Unopened() -> open(command);
      case Open open -> decide(command, open, new LedgerDraft(open, at));
    };
  }

  private static Decision<LedgerEvent, LedgerRejection> open(LedgerCommand command) {
    return switch (command) {
      case OpenLedger c when c.terms().totalMinor() < 1 -> reject(new AmountContradicts());
      case OpenLedger(var source, var terms) -> accept(new LedgerOpened(source, terms));
      case Pay _,
          NoteOrder _,
          NoteShipment _,
          NoteCaseOpen _,
          NoteCaseEnd _,
          CauseRefund _,
          CancelOrder _,
          CollectCash _,
          CloseAfterSale _,
          GrantGoodwill _,
          OpenInquiry _,
          ResolveInquiry _,
          AskCapture _,
          AskRefund _,
          AskSettlement _,
          HearCapture _,
          HearRefund _,
          HearSettlement _ ->
          reject(new OrderUnknown());
    };
  }

  private static Decision<LedgerEvent, LedgerRejection> decide(
      LedgerCommand command, Open ledger, LedgerDraft draft) {
    return switch (command) {
      case OpenLedger _ -> reject(new DuplicateFact());
      case Pay c -> pay(c, ledger, draft);
      case NoteOrder(var source) -> draft.and(new OrderNoted(source)).accepted();
      case NoteShipment c -> noteShipment(c, ledger, draft);
      case NoteCaseOpen c -> noteCaseOpen(c, ledger, draft);
      case NoteCaseEnd c -> noteCaseEnd(c, ledger, draft);
      case CauseRefund c -> causeRefund(c, ledger, draft);
      case CancelOrder c -> cancelOrder(c, ledger, draft);
      case CollectCash c -> collectCash(c, ledger, draft);
      case CloseAfterSale c -> closeAfterSale(c, ledger, draft);
      case GrantGoodwill c -> grantGoodwill(c, ledger, draft);
      case OpenInquiry c -> openInquiry(c, ledger, draft);
      case ResolveInquiry c -> resolveInquiry(c, ledger, draft);
      case AskCapture(var paymentId) -> draft.askCapture(paymentId).accepted();
      case AskRefund(var refundId) -> draft.askRefund(refundId).accepted();
      case AskSettlement(var refundId) -> draft.askSettlement(refundId).accepted();
      case HearCapture c -> hearCapture(c, ledger, draft);
      case HearRefund c -> hearRefund(c, ledger, draft);
      case HearSettlement c -> hearSettlement(c, ledger, draft);
    };
  }

  /// L1.
  private static Decision<LedgerEvent, LedgerRejection> pay(Pay c, Open ledger, LedgerDraft draft) {
    var terms = ledger.terms();
    var live = ledger.livePayment();
    if (!terms.buyerId().equals(c.buyerId())) return reject(new NotTheBuyer());
    if (ledger.payment(c.paymentId()).isPresent()) return alreadySo();
    if (ledger.cancellation() != Cancellation.NONE) return reject(new OrderIsCancelled());
    if (live.isPresent()) return reject(new AlreadyPaid());
    if (terms.cashOnDelivery() || !c.method().prepaid()) return reject(new MethodNotAllowed());
    if (c.amountMinor() != terms.totalMinor()) return reject(new WrongAmount(terms.totalMinor()));
    var captureDueAt = draft.at().plus(c.method().captureAfter().orElse(Duration.ZERO));
    draft.and(
        new PaymentAuthorized(
            c.paymentId(),
            c.method(),
            c.amountMinor(),
            terms.currency(),
            draft.at(),
            captureDueAt));
    if (!captureDueAt.isAfter(draft.at())) draft.askCapture(c.paymentId());
    return draft.accepted();
  }

  /// L7, L8. A cause is heard once, whatever came of it.
  private static Decision<LedgerEvent, LedgerRejection> causeRefund(
      CauseRefund c, Open ledger, LedgerDraft draft) {
    var before =
        ledger
            .refund(c.cause().refundId())
            .map(Refund::requestedMinor)
            .or(() -> ledger.denial(c.cause()).map(RefundDenied::requestedMinor))
            .or(() -> ledger.held(c.cause()).map(RefundHeld::requestedMinor));
    if (before.isPresent()) {
      return reject(
          before.get() == c.amountMinor() ? new DuplicateFact() : new AmountContradicts());
    }
    if (c.amountMinor() < 1) return reject(new AmountContradicts());
    if (ledger.order().cases().endOf(c.cause().id()).isPresent()) {
      return reject(new IllegalTransition());
    }
    if (waitsForCash(c.cause(), ledger)) {
      return draft
          .and(new RefundHeld(c.source(), c.cause().type(), c.cause().id(), c.amountMinor()))
          .accepted();
    }
    var note =
        c.cause().endsCase()
            ? new CaseEndNoted(c.source(), c.cause().id())
            : new OrderNoted(c.source());
    return draft.and(note).refund(c.cause(), c.amountMinor()).accepted();
  }

  private static Decision<LedgerEvent, LedgerRejection> noteShipment(
      NoteShipment c, Open ledger, LedgerDraft draft) {
    return ledger.order().shipments().contains(c.shipmentId())
        ? reject(new DuplicateFact())
        : draft.and(new ShipmentNoted(c.source(), c.shipmentId())).accepted();
  }

  /// Whether a case may be opened is not decided here; but none can be once the window has closed.
  private static Decision<LedgerEvent, LedgerRejection> noteCaseOpen(
      NoteCaseOpen c, Open ledger, LedgerDraft draft) {
    if (ledger.order().cases().knows(c.caseId())) return reject(new DuplicateFact());
    return switch (ledger.order().window()) {
      case WindowOpen() -> draft.and(new CaseOpenNoted(c.source(), c.caseId())).accepted();
      case WindowClosing _ -> reject(new IllegalTransition());
    };
  }

  /// A case that was opened before ledgers listened to cases may end as well.
  private static Decision<LedgerEvent, LedgerRejection> noteCaseEnd(
      NoteCaseEnd c, Open ledger, LedgerDraft draft) {
    var end = ledger.order().cases().endOf(c.caseId());
    if (end.isEmpty()) return draft.and(new CaseEndNoted(c.source(), c.caseId())).accepted();
    return reject(
        end.get().equals(c.source().eventType()) ? new DuplicateFact() : new IllegalTransition());
  }

  /// L7 at the seller's wish, who is told the first of all reasons against it.
  private static Decision<LedgerEvent, LedgerRejection> grantGoodwill(
      GrantGoodwill c, Open ledger, LedgerDraft draft) {
    var cause = new Cause(RefundCause.GOODWILL, c.goodwillId());
    var refundable = ledger.refundableMinor();
    if (!ledger.terms().sellerId().equals(c.sellerId())) return reject(new NotTheSeller());
    if (ledger.refund(cause.refundId()).isPresent()) return alreadySo();
    if (ledger.order().window() instanceof WindowClosing) return reject(new WindowIsClosed());
    if (ledger.order().cases().isAnyOpen()) return reject(new CaseIsOpen());
    if (ledger.order().shipments().isEmpty()) return reject(new NotShipped());
    if (c.amountMinor() > refundable) return reject(new ExceedsBalance(refundable));
    draft.refund(cause, c.amountMinor());
    if (c.comment() != null) draft.and(new GoodwillExplained(cause.refundId(), c.comment()));
    return draft.accepted();
  }

  /// L13.
  private static Decision<LedgerEvent, LedgerRejection> openInquiry(
      OpenInquiry c, Open ledger, LedgerDraft draft) {
    var found = ledger.refund(c.refundId());
    if (found.isEmpty()) return reject(new RefundUnknown());
    if (!ledger.terms().buyerId().equals(c.buyerId())) return reject(new NotTheBuyer());
    var refund = found.get();
    if (refund.inquiry(c.inquiryId()).isPresent()) return alreadySo();
    return switch (refund.stage()) {
      case Refund.Arrived _ -> reject(new RefundIsSettled());
      case Refund.Requested(), Refund.Retrying _ -> reject(new TooEarly(null));
      case Refund.Sent _ when refund.inquiries().stream().anyMatch(refund::isOpen) ->
          reject(new InquiryIsOpen());
      case Refund.Sent sent when !draft.at().isAfter(sent.expectedBy()) ->
          reject(new TooEarly(sent.expectedBy()));
      case Refund.Sent _ ->
          draft
              .and(new RefundInquiryOpened(c.inquiryId(), c.refundId(), c.text(), draft.at()))
              .accepted();
    };
  }

  /// L14.
  private static Decision<LedgerEvent, LedgerRejection> resolveInquiry(
      ResolveInquiry c, Open ledger, LedgerDraft draft) {
    var found = ledger.refundWith(c.inquiryId());
    if (found.isEmpty()) return reject(new InquiryUnknown());
    var refund = found.get();
    if (refund.inquiry(c.inquiryId()).filter(refund::isOpen).isEmpty()) {
      return reject(new InquiryIsClosed());
    }
    draft.and(new RefundInquiryResolved(c.inquiryId(), refund.refundId(), c.outcome(), draft.at()));
    return switch (c.outcome()) {
      case CONFIRMED_SENT -> draft.accepted();
      case REISSUED_TO_WALLET -> draft.reissue(refund).accepted();
    };
  }

  /// A case can be settled before the carrier has handed the cash over; a cancellation of what was
  /// not delivered never costs anything.
  private static boolean waitsForCash(Cause cause, Open ledger) {
    return switch (cause.type()) {
      case DISPUTE, RETURN ->
          ledger.terms().cashOnDelivery()
              && ledger.livePayment().isEmpty()
              && !ledger.cashCannotCome();
      case CANCELLATION, LATE_CAPTURE, GOODWILL -> false;
    };
  }

  /// L4, L5 and the seller's kept share follow from the state that this leaves.
  private static Decision<LedgerEvent, LedgerRejection> cancelOrder(
      CancelOrder c, Open ledger, LedgerDraft draft) {
    return switch (ledger.cancellation()) {
      case NONE -> draft.and(new CancellationNoted(c.source(), c.refundAllCaptures())).accepted();
      case BEFORE_PAYMENT, AFTER_PAYMENT ->
          reject(
              ledger.cancellation() == Cancellation.of(c.refundAllCaptures())
                  ? new DuplicateFact()
                  : new IllegalTransition());
    };
  }

  /// L6. There is no attempt to pay before: the carrier already has the money.
  private static Decision<LedgerEvent, LedgerRejection> collectCash(
      CollectCash c, Open ledger, LedgerDraft draft) {
    var terms = ledger.terms();
    if (!terms.cashOnDelivery()
        || c.dueMinor() < 1
        || c.dueMinor() > terms.totalMinor()
        || ledger.livePayment().filter(cash -> cash.amountMinor() != c.dueMinor()).isPresent()) {
      return reject(new AmountContradicts());
    }
    if (ledger.livePayment().isPresent()) return reject(new DuplicateFact());
    var paymentId = new PaymentId(Ids.nameBased("payment", terms.orderId() + "/cash"));
    return draft
        .and(new OrderNoted(c.source()))
        .and(
            new PaymentCaptured(
                paymentId, terms.method(), c.dueMinor(), terms.currency(), draft.at()))
        .accepted();
  }

  /// The window never closes over an open case, and neither does the seller's account (M7).
  private static Decision<LedgerEvent, LedgerRejection> closeAfterSale(
      CloseAfterSale c, Open ledger, LedgerDraft draft) {
    return switch (ledger.order().window()) {
      case WindowClosing _ -> reject(new DuplicateFact());
      case WindowOpen() when ledger.order().cases().isAnyOpen() -> reject(new IllegalTransition());
      case WindowOpen() ->
          draft.and(new ClosingNoted(c.source(), c.afterOrderVersion())).accepted();
    };
  }

  /// L2, L3.
  private static Decision<LedgerEvent, LedgerRejection> hearCapture(
      HearCapture c, Open ledger, LedgerDraft draft) {
    var found = ledger.payment(c.paymentId());
    if (found.isEmpty()) return reject(new PaymentUnknown());
    var payment = found.get();
    if (!payment.authorized()) return reject(new PaymentIsFinal());
    var id = payment.paymentId();
    var amount = payment.amountMinor();
    return switch (c.answer()) {
      case CaptureAnswer.Captured() ->
          draft
              .and(
                  new PaymentCaptured(
                      id, payment.method(), amount, ledger.terms().currency(), draft.at()))
              .accepted();
      case CaptureAnswer.Refused(var code) ->
          draft.and(new PaymentFailed(id, payment.method(), amount, code, draft.at())).accepted();
      case CaptureAnswer.Later(var askAgainAt) ->
          draft.and(new PaymentPostponed(id, askAgainAt)).accepted();
    };
  }

  /// L9, L10, L11. An answer to another attempt than the open one was heard before.
  private static Decision<LedgerEvent, LedgerRejection> hearRefund(
      HearRefund c, Open ledger, LedgerDraft draft) {
    var open =
        ledger
            .refund(c.refundId())
            .filter(refund -> refund.stage() instanceof Refund.Requested)
            .filter(refund -> refund.attempts() == c.attempt());
    if (open.isEmpty()) return alreadySo();
    return switch (c.answer()) {
      case RefundAnswer.Sent() -> draft.issue(c.refundId()).accepted();
      case RefundAnswer.Refused(var code) -> draft.fail(open.get(), code).accepted();
    };
  }

  /// L12.
  private static Decision<LedgerEvent, LedgerRejection> hearSettlement(
      HearSettlement c, Open ledger, LedgerDraft draft) {
    var sent = ledger.refund(c.refundId()).filter(r -> r.stage() instanceof Refund.Sent);
    if (sent.isEmpty()) return alreadySo();
    return draft
        .and(new RefundSettled(c.refundId(), sent.get().acceptedMinor(), draft.at()))
        .accepted();
  }

  @Override
  public Ledger evolve(Ledger ledger, LedgerEvent event) {
    return switch (ledger) {
      case Unopened() ->
          event instanceof LedgerOpened(var source, var terms)
              ? Open.under(terms).read(source)
              : ledger;
      case Open open -> LedgerFold.next(open, event);
    };
  }

  @Override
  public Optional<Deadline<LedgerCommand>> nextDeadline(Ledger ledger) {
    return switch (ledger) {
      case Unopened() -> Optional.empty();
      case Open open ->
          Stream.concat(
                  open.payments().stream().flatMap(payment -> captureDue(payment).stream()),
                  open.refunds().stream().flatMap(refund -> due(refund).stream()))
              .min(
                  Comparator.<Deadline<LedgerCommand>, Instant>comparing(Deadline::dueAt)
                      .thenComparingInt(Deadline::rank));
    };
  }

  private static Optional<Deadline<LedgerCommand>> captureDue(Payment payment) {
    return payment.stage() instanceof Payment.Authorized(var captureDueAt)
        ? Optional.of(
            new Deadline<>(
                "captureDueAt", CAPTURE_RANK, captureDueAt, new AskCapture(payment.paymentId())))
        : Optional.empty();
  }

  private static Optional<Deadline<LedgerCommand>> due(Refund refund) {
    var id = refund.refundId();
    return switch (refund.stage()) {
      case Refund.Retrying(var retryAt, _) ->
          Optional.of(new Deadline<>("retryAt", RETRY_RANK, retryAt, new AskRefund(id)));
      case Refund.Sent sent ->
          Optional.ofNullable(sent.settlesAt())
              .map(settlesAt ->
                  new Deadline<>("settlesAt", SETTLEMENT_RANK, settlesAt, new AskSettlement(id)));
      case Refund.Requested(), Refund.Arrived _ -> Optional.empty();
    };
  }
}
