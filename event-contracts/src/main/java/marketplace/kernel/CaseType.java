package marketplace.kernel;

/// The two kinds of cases after a sale.
public enum CaseType {
  DISPUTE,
  RETURN
}
