package marketplace.seller.domain.product;

/// The fact that is in the way.
public sealed interface ProductRejection {

  record AlreadyListed() implements ProductRejection {}

  record NotListed() implements ProductRejection {}

  record NotTheSeller() implements ProductRejection {}
}
