package marketplace.seller.domain.account;

/// The fact that is in the way.
public sealed interface SellerAccountRejection {

  record AlreadyRegistered() implements SellerAccountRejection {}

  /// Nobody here has a record: somebody else has told of an order with this seller.
  record NotRegistered() implements SellerAccountRejection {}
}
