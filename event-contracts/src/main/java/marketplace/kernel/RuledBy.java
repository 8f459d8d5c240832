package marketplace.kernel;

/// Whose word a ruling rests on: a seller who accepts a claim, or never answers, rules against
/// himself.
public enum RuledBy {
  PLATFORM,
  SELLER_ACCEPTED,
  SELLER_SILENT
}
