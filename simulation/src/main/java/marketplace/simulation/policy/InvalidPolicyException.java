package marketplace.simulation.policy;

/// What was written is no policy set.
public final class InvalidPolicyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String pointer;
  private final String why;

  InvalidPolicyException(String pointer, String why) {
    super(pointer.isEmpty() ? why : pointer + " " + why);
    this.pointer = pointer;
    this.why = why;
  }

  /// To the field, as a JSON pointer; empty where it is more than one.
  public String pointer() {
    return pointer;
  }

  public String why() {
    return why;
  }
}
