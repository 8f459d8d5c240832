package marketplace.kernel;

/// What brought a dispute before the platform.
public enum EscalatedBy {
  BUYER,
  DEADLINE
}
