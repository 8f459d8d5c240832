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
import marketplace.refund.domain.LedgerRejection.DuplicateFact;
import marketplace.refund.domain.LedgerRejection.IllegalTransition;
import marketplace.refund.domain.LedgerRejection.MethodNotAllowed;
import marketplace.refund.domain.LedgerRejection.NotTheBuyer;
import marketplace.refund.domain.LedgerRejection.OrderIsCancelled;
import marketplace.refund.domain.LedgerRejection.OrderUnknown;
import marketplace.refund.domain.LedgerRejection.PaymentIsFinal;
import marketplace.refund.domain.LedgerRejection.PaymentUnknown;
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
