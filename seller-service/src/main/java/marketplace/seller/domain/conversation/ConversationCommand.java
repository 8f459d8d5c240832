package marketplace.seller.domain.conversation;

import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.MessageId;
import marketplace.kernel.OrderId;
import marketplace.kernel.SellerId;
import marketplace.seller.domain.fulfilment.NotedFact;
import org.jspecify.annotations.Nullable;

/// All that can be asked of a conversation.
public sealed interface ConversationCommand {

  /// OrderPlaced: from now on its buyer and its seller may talk.
  record BeginConversation(
      NotedFact fact, OrderId orderId, BuyerId buyerId, SellerId sellerId, int messagesPerDay)
      implements ConversationCommand {}

  /// @param sender who says that he is `from`
  /// @param template null for words of his own
  record SendMessage(
      Party from, UUID sender, MessageId messageId, @Nullable MessageTemplate template, String text)
      implements ConversationCommand {}
}
