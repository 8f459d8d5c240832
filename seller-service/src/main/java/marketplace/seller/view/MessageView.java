package marketplace.seller.view;

import java.time.Instant;
import marketplace.kernel.MessageId;
import marketplace.seller.domain.conversation.ConversationEvent.MessageSent;
import marketplace.seller.domain.conversation.MessageTemplate;
import marketplace.seller.domain.conversation.Party;
import org.jspecify.annotations.Nullable;

/// A message as both parties see it.
///
/// @param template null for words of the sender's own
public record MessageView(
    MessageId messageId,
    Party from,
    Party to,
    @Nullable MessageTemplate template,
    String text,
    Instant sentAt) {

  public static MessageView of(MessageSent message) {
    return new MessageView(
        message.messageId(),
        message.from(),
        message.from().other(),
        message.template(),
        message.text(),
        message.sentAt());
  }
}
