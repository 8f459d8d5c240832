package marketplace.kernel;

/// What a seller who lets the reply time pass is taken to have said.
public enum SilenceOutcome {
  APPROVE,
  DECLINE
}
