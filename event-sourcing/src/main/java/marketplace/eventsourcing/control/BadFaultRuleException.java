package marketplace.eventsourcing.control;

/// A fault rule that cannot be obeyed.
public final class BadFaultRuleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String pointer;

  /// @param pointer to what is wrong with it, as RFC 6901 writes it: `/rules/0/millis`
  BadFaultRuleException(String pointer, String message) {
    super(message);
    this.pointer = pointer;
  }

  public String pointer() {
    return pointer;
  }
}
