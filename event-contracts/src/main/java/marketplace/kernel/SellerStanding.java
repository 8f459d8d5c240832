package marketplace.kernel;

/// What a seller may do after the points of the last 365 days.
public enum SellerStanding {
  GOOD,
  WARNED,
  RESTRICTED,
  CLOSED
}
