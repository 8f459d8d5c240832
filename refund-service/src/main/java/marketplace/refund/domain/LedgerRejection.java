package marketplace.refund.domain;

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

  /// A fact that the ledger has taken in already, under another id.
  record DuplicateFact() implements LedgerRejection {}

  /// A fact with another amount than the ledger knows of.
  record AmountContradicts() implements LedgerRejection {}

  /// A fact that cannot follow on what the ledger knows.
  record IllegalTransition() implements LedgerRejection {}
}
