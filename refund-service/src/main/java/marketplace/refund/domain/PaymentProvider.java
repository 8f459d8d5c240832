package marketplace.refund.domain;

import java.util.Optional;
import marketplace.kernel.OrderId;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;

/// Who moves money to and from outside accounts. He is asked by a stored event and answers with a
/// command, so that the rules need not know who he is, nor when he answers.
@FunctionalInterface
public interface PaymentProvider {
  /// The same answer for the same key; empty where none comes.
  Optional<LedgerCommand> answer(OrderId orderId, ProviderAsked asked);
}
