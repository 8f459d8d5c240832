package marketplace.simulation.doctor;

/// What was found out about one thing.
///
/// @param subject a service, or `kafka`
/// @param check what was looked at
/// @param detail for a person to read
public record Finding(String subject, String check, Verdict verdict, String detail) {
  public enum Verdict {
    OK,
    /// Nothing is lost; somebody should look.
    WARNING,
    FAILED
  }
}
