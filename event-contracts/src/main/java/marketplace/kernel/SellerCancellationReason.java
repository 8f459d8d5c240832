package marketplace.kernel;

/// Why a seller cancels units himself, and whose fault it is (domain, section 10).
public enum SellerCancellationReason {
  OUT_OF_STOCK(Fault.SELLER),
  CARRIER_PROBLEM(Fault.SELLER),
  PRICE_ERROR(Fault.SELLER),
  UNDELIVERABLE_ADDRESS(Fault.BUYER),
  OTHER(Fault.SELLER),
  /// Approves the pending request instead of cancelling beside it (F17).
  BUYER_ASKED(Fault.NONE);

  private final Fault fault;

  SellerCancellationReason(Fault fault) {
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  public boolean needsComment() {
    return this == OTHER;
  }
}
