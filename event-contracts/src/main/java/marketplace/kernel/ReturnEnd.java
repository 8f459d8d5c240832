package marketplace.kernel;

/// How a return ended without anything being given back.
public enum ReturnEnd {
  EXPIRED,
  WITHDRAWN,
  REFUSED_BY_RULING
}
