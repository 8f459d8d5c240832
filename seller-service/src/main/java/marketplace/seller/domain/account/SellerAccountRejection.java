package marketplace.seller.domain.account;

/// The fact that is in the way.
public sealed interface SellerAccountRejection {

  record AlreadyRegistered() implements SellerAccountRejection {}
}
