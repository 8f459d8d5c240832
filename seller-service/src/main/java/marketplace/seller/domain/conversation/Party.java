package marketplace.seller.domain.conversation;

/// The two who talk.
public enum Party {
  BUYER,
  SELLER;

  public Party other() {
    return switch (this) {
      case BUYER -> SELLER;
      case SELLER -> BUYER;
    };
  }
}
