package marketplace.kernel;

/// Why units go back (domain, section 8.5).
public enum ReturnReason {
  NO_LONGER_NEEDED,
  WRONG_SIZE_OR_COLOUR,
  DAMAGED,
  NOT_AS_DESCRIBED,
  WRONG_ITEM,
  DELIVERY_REFUSED;

  public boolean sellersFault() {
    return switch (this) {
      case DAMAGED, NOT_AS_DESCRIBED, WRONG_ITEM -> true;
      case NO_LONGER_NEEDED, WRONG_SIZE_OR_COLOUR, DELIVERY_REFUSED -> false;
    };
  }
}
