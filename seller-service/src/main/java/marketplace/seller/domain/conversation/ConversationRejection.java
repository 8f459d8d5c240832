package marketplace.seller.domain.conversation;

import java.time.Instant;

/// The fact that is in the way.
public sealed interface ConversationRejection {

  /// The order is not known here (yet).
  record NotBegun() implements ConversationRejection {}

  record NotAParty() implements ConversationRejection {}

  /// @param until when the first of the messages that count is a day old
  record MessageLimit(int messagesPerDay, Instant until) implements ConversationRejection {}

  /// The fact has been handled before, under another id.
  record DuplicateFact() implements ConversationRejection {}
}
