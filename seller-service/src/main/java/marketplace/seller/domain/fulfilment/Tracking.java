package marketplace.seller.domain.fulfilment;

/// What the carrier says of a parcel. It moves forward only; steps may be left out.
public enum Tracking {
  DISPATCHED,
  IN_TRANSIT,
  DELIVERED,
  LOST,
  REFUSED,
  RETURNED_TO_SENDER;

  public boolean mayBecome(Tracking next) {
    return switch (this) {
      case DISPATCHED -> next != DISPATCHED;
      case IN_TRANSIT -> next != DISPATCHED && next != IN_TRANSIT;
      case REFUSED -> next == RETURNED_TO_SENDER;
      case DELIVERED, LOST, RETURNED_TO_SENDER -> false;
    };
  }

  /// Nothing more will be reported.
  public boolean isFinal() {
    return switch (this) {
      case DELIVERED, LOST, RETURNED_TO_SENDER -> true;
      case DISPATCHED, IN_TRANSIT, REFUSED -> false;
    };
  }
}
