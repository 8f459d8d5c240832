package marketplace.refund.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import marketplace.refund.domain.LedgerRejection;
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
import org.jspecify.annotations.Nullable;

/// Every reason to refuse, in the words of a problem document.
final class Refusals {
  private Refusals() {}

  static Problem problem(LedgerRejection reason, Instant now) {
    return switch (reason) {
      case OrderUnknown() ->
          Problem.of(409, "ORDER_UNKNOWN", "the order is not known here yet; try again", now);
      case NotTheBuyer() -> Problem.of(403, "FORBIDDEN", "this order is another buyer's", now);
      case OrderIsCancelled() ->
          Problem.of(409, "ORDER_CANCELLED", "a cancelled order cannot be paid", now);
      case AlreadyPaid() ->
          Problem.of(409, "ALREADY_PAID", "this order is paid, or being paid, already", now);
      case MethodNotAllowed() ->
          Problem.of(422, "METHOD_NOT_ALLOWED", "this order cannot be paid in this way", now);
      case WrongAmount(var expectedMinor) ->
          Problem.of(422, "AMOUNT_MISMATCH", "amountMinor must be " + expectedMinor, now);
      case PaymentUnknown() -> notFound("payment", now);
      case PaymentIsFinal() ->
          Problem.of(409, "PAYMENT_FINAL", "the payment has its result already", now);
      case NotTheSeller() -> Problem.of(403, "FORBIDDEN", "this order is another seller's", now);
      case WindowIsClosed() ->
          Problem.of(409, "WINDOW_CLOSED", "the after-sale window has closed", now);
      case CaseIsOpen() ->
          Problem.of(409, "CASE_OPEN", "a dispute or return is open; make an offer there", now);
      case NotShipped() ->
          Problem.of(409, "NOT_SHIPPED", "nothing was shipped; cancel units instead", now);
      case ExceedsBalance(var refundableMinor) ->
          Problem.of(
              409,
              "REFUND_EXCEEDS_BALANCE",
              "amountMinor may be " + refundableMinor + " at most",
              now);
      case RefundUnknown() -> notFound("refund", now);
      case RefundIsSettled() -> Problem.of(409, "REFUND_SETTLED", "the refund has arrived", now);
      case InquiryIsOpen() ->
          Problem.of(409, "INQUIRY_OPEN", "somebody is looking for this refund already", now);
      case TooEarly(var expectedBy) ->
          Problem.of(409, "TOO_EARLY", "the refund may still be on its way", now)
              .withDeadline(expectedBy);
      case InquiryUnknown() -> notFound("inquiry", now);
      case InquiryIsClosed() ->
          Problem.of(409, "INQUIRY_CLOSED", "the inquiry has its answer already", now);
      case DuplicateFact(), AmountContradicts(), IllegalTransition() ->
          throw new IllegalStateException("only a fact is refused so: " + reason);
    };
  }

  static Answer versionMismatch(int version, Instant now) {
    return Problem.of(412, "VERSION_MISMATCH", "expected another version, it is at " + version, now)
        .toAnswer();
  }

  static Problem notFound(String what, @Nullable Instant now) {
    return Problem.of(404, "NOT_FOUND", "there is no such " + what, now);
  }

  static ProblemException forbidden(String role) {
    return new ProblemException(
        Problem.of(403, "FORBIDDEN", "a " + role + " may not do this", null));
  }

  /// @param pointersAndValues in turn: a pointer, and what the caller sent there
  static ProblemException missing(@Nullable Object... pointersAndValues) {
    var errors = new ArrayList<FieldError>();
    for (var i = 0; i < pointersAndValues.length; i += 2) {
      if (pointersAndValues[i + 1] == null) {
        errors.add(new FieldError(String.valueOf(pointersAndValues[i]), "MISSING"));
      }
    }
    return invalid(errors);
  }

  static ProblemException invalid(List<FieldError> errors) {
    return new ProblemException(
        Problem.of(422, "INVALID", "fields are missing or out of range", null).withErrors(errors));
  }
}
