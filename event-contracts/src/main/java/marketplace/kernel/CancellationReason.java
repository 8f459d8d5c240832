package marketplace.kernel;

/// Why a buyer wants units cancelled, the words he is shown, and whose fault it is (domain, section
/// 10).
public enum CancellationReason {
  ORDERED_WRONG_ITEM(Fault.BUYER, "I ordered the wrong item (colour, size, model, quantity)"),
  WRONG_ADDRESS(Fault.BUYER, "I entered the wrong shipping address"),
  NO_LONGER_NEEDED(Fault.BUYER, "I no longer need this order"),
  FOUND_BETTER_OFFER(Fault.BUYER, "I found a better offer"),
  DUPLICATE_ORDER(Fault.BUYER, "Duplicate order"),
  SYSTEM_ERROR(Fault.PLATFORM, "The system created more than one order"),
  SELLER_TOO_SLOW(Fault.SELLER, "Seller did not ship on time"),
  SELLER_UNREACHABLE(Fault.SELLER, "Seller does not answer"),
  SELLER_OUT_OF_STOCK(Fault.SELLER, "Seller told me it is out of stock"),
  OTHER(Fault.NONE, "Other reason");

  private final Fault fault;
  private final String text;

  CancellationReason(Fault fault, String text) {
    this.fault = fault;
    this.text = text;
  }

  public Fault fault() {
    return fault;
  }

  public String text() {
    return text;
  }

  public boolean needsComment() {
    return this == OTHER;
  }
}
