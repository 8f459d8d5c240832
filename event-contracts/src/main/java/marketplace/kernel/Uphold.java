package marketplace.kernel;

/// How much of a claim a ruling grants.
public enum Uphold {
  FULL,
  PARTIAL,
  NONE
}
