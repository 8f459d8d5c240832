package marketplace.refund.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// All reasons why the ledger refuses.
public sealed interface LedgerRejection {

  record OrderUnknown() implements LedgerRejection {}

  record NotTheBuyer() implements LedgerRejection {}

  record OrderIsCancelled() implements LedgerRejection {}

  record AlreadyPaid() implements LedgerRejection {}

  record MethodNotAllowed() implements LedgerRejection {}

  record WrongAmount(long expectedMinor) implements LedgerRejection {}

  record PaymentUnknown() implements LedgerRejection {}

  /// The payment is captured, failed or voided: no result can change it any more.
  record PaymentIsFinal() implements LedgerRejection {}

  record NotTheSeller() implements LedgerRejection {}

  /// The after-sale window has closed, and the rest is the seller's.
  record WindowIsClosed() implements LedgerRejection {}

  /// A dispute or a return decides what the buyer gets.
  record CaseIsOpen() implements LedgerRejection {}

  record NotShipped() implements LedgerRejection {}

  record ExceedsBalance(long refundableMinor) implements LedgerRejection {}

  record RefundUnknown() implements LedgerRejection {}

  record RefundIsSettled() implements LedgerRejection {}

  record InquiryIsOpen() implements LedgerRejection {}

  /// @param expectedBy after which the buyer may ask; null for a refund that was not sent yet
  record TooEarly(@Nullable Instant expectedBy) implements LedgerRejection {}

  record InquiryUnknown() implements LedgerRejection {}

  record InquiryIsClosed() implements LedgerRejection {}

  /// A fact that the ledger has taken in already, under another id.
  record DuplicateFact() implements LedgerRejection {}

  /// A fact with another amount than the ledger knows of.
  record AmountContradicts() implements LedgerRejection {}

  /// A fact that cannot follow on what the ledger knows.
  record IllegalTransition() implements LedgerRejection {}
}
