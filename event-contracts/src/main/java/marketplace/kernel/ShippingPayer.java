package marketplace.kernel;

/// Who pays for the way back of a return.
public enum ShippingPayer {
  BUYER,
  SELLER
}
