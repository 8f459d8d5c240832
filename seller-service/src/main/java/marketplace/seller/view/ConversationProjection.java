package marketplace.seller.view;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.Projection;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.ViewRow;
import marketplace.seller.domain.conversation.Conversation;
import marketplace.seller.domain.conversation.Conversation.Open;
import marketplace.seller.domain.conversation.Conversation.Silent;
import marketplace.seller.domain.conversation.ConversationEvent;
import marketplace.seller.domain.conversation.ConversationEvent.MessageSent;
import marketplace.seller.domain.conversation.Party;

/// How long buyers waited for the seller's words. What was said is read from the stream.
public final class ConversationProjection implements Projection<Conversation, ConversationEvent> {

  @Override
  public List<ViewRow> rowsFor(Change<Conversation, ConversationEvent> change) {
    return switch (change.after()) {
      case Silent _ -> List.of();
      case Open open ->
          change.events().stream()
              .map(StoredEvent::event)
              .filter(MessageSent.class::isInstance)
              .map(MessageSent.class::cast)
              .filter(message -> message.from() == Party.SELLER)
              .flatMap(message -> replyRow(open, message))
              .toList();
    };
  }

  private static Stream<ViewRow> replyRow(Open open, MessageSent reply) {
    return open.awaitedSince(reply).stream()
        .map(since ->
            ViewRow.of(
                SellerTables.MESSAGE_REPLIES,
                reply.messageId().value(),
                open.sellerId().value(),
                Duration.between(since, reply.sentAt()).toSeconds(),
                reply.sentAt()));
  }
}
