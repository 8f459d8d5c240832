package marketplace.kernel;

/// How a seller is listed.
public enum SellerType {
  STANDARD,
  TOP
}
