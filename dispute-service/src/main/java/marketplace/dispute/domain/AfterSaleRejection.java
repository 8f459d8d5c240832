package marketplace.dispute.domain;

/// All reasons to refuse a fact.
public sealed interface AfterSaleRejection {

  /// The same fact was taken in before, under another event id.
  record DuplicateFact() implements AfterSaleRejection {}

  /// The fact cannot have happened to this order as it is known here.
  record IllegalTransition() implements AfterSaleRejection {}

  /// The fact speaks of units that are not open.
  record UnknownUnits() implements AfterSaleRejection {}
}
