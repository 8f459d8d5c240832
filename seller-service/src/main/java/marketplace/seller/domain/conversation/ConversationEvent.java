package marketplace.seller.domain.conversation;

import java.time.Instant;
import marketplace.kernel.BuyerId;
import marketplace.kernel.MessageId;
import marketplace.kernel.OrderId;
import marketplace.kernel.SellerId;
import marketplace.seller.domain.fulfilment.NotedFact;
import org.jspecify.annotations.Nullable;

/// All that can have happened in a conversation.
public sealed interface ConversationEvent {

  /// What was taken from OrderPlaced. Private: it is never published.
  record PartiesNoted(
      NotedFact fact, OrderId orderId, BuyerId buyerId, SellerId sellerId, int messagesPerDay)
      implements ConversationEvent {}

  /// @param template null for words of his own
  record MessageSent(
      OrderId orderId,
      MessageId messageId,
      Party from,
      @Nullable MessageTemplate template,
      String text,
      Instant sentAt)
      implements ConversationEvent {}
}
