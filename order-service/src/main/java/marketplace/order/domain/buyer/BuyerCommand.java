package marketplace.order.domain.buyer;

/// All that can be asked about a buyer.
public sealed interface BuyerCommand {

  record EraseData() implements BuyerCommand {}
}
