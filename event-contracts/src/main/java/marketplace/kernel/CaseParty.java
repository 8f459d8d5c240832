package marketplace.kernel;

/// Who has a say in a case.
public enum CaseParty {
  BUYER,
  SELLER,
  PLATFORM
}
