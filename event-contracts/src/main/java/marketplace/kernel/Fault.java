package marketplace.kernel;

/// Who is responsible for a cancellation.
public enum Fault {
  BUYER,
  SELLER,
  PLATFORM,
  CARRIER,
  NONE
}
