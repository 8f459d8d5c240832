package marketplace.seller.domain.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.SellerId;
import marketplace.seller.domain.conversation.ConversationEvent.MessageSent;

/// Who may talk about an order, and what was said.
public sealed interface Conversation {
  Duration DAY = Duration.ofHours(24);

  record Silent() implements Conversation {}

  /// @param messagesPerDay of each party, in any 24 hours
  /// @param messages oldest first
  record Open(
      OrderId orderId,
      BuyerId buyerId,
      SellerId sellerId,
      int messagesPerDay,
      List<MessageSent> messages)
      implements Conversation {
    public Open {
      messages = List.copyOf(messages);
    }

    public boolean isParty(Party party, UUID id) {
      return switch (party) {
        case BUYER -> buyerId.value().equals(id);
        case SELLER -> sellerId.value().equals(id);
      };
    }

    /// What somebody has written in the 24 hours before this instant, oldest first.
    public List<MessageSent> lastDayOf(Party party, Instant at) {
      var dayAgo = at.minus(DAY);
      return messages.stream()
          .filter(message -> message.from() == party && message.sentAt().isAfter(dayAgo))
          .toList();
    }

    /// Since when the buyer had waited for this message of the seller; empty where he had not.
    public Optional<Instant> awaitedSince(MessageSent reply) {
      var since = Optional.<Instant>empty();
      for (var message : messages) {
        if (message.equals(reply)) return since;
        since =
            switch (message.from()) {
              case SELLER -> Optional.empty();
              case BUYER -> since.or(() -> Optional.of(message.sentAt()));
            };
      }
      return Optional.empty();
    }

    Open with(MessageSent message) {
      var more = new ArrayList<>(messages);
      more.add(message);
      return new Open(orderId, buyerId, sellerId, messagesPerDay, more);
    }
  }
}
