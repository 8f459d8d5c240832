package marketplace.seller.domain.conversation;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.seller.domain.conversation.Conversation.Open;
import marketplace.seller.domain.conversation.Conversation.Silent;
import marketplace.seller.domain.conversation.ConversationCommand.BeginConversation;
import marketplace.seller.domain.conversation.ConversationCommand.SendMessage;
import marketplace.seller.domain.conversation.ConversationEvent.MessageSent;
import marketplace.seller.domain.conversation.ConversationEvent.PartiesNoted;
import marketplace.seller.domain.conversation.ConversationRejection.DuplicateFact;
import marketplace.seller.domain.conversation.ConversationRejection.MessageLimit;
import marketplace.seller.domain.conversation.ConversationRejection.NotAParty;
import marketplace.seller.domain.conversation.ConversationRejection.NotBegun;

/// Who may write, and how often (domain, section 12).
public final class ConversationDecider
    implements Decider<
        ConversationCommand, Conversation, ConversationEvent, ConversationRejection> {

  @Override
  public Conversation initialState() {
    return new Silent();
  }

  @Override
  public Decision<ConversationEvent, ConversationRejection> decide(
      ConversationCommand command, Conversation state, Instant at) {
    return switch (command) {
      case BeginConversation c ->
          switch (state) {
            case Silent _ ->
                accept(
                    new PartiesNoted(
                        c.fact(), c.orderId(), c.buyerId(), c.sellerId(), c.messagesPerDay()));
            case Open _ -> reject(new DuplicateFact());
          };
      case SendMessage c ->
          switch (state) {
            case Silent _ -> reject(new NotBegun());
            case Open o when !o.isParty(c.from(), c.sender()) -> reject(new NotAParty());
            case Open o -> send(c, o, at);
          };
    };
  }

  private static Decision<ConversationEvent, ConversationRejection> send(
      SendMessage c, Open o, Instant at) {
    var lastDay = o.lastDayOf(c.from(), at);
    if (lastDay.size() >= o.messagesPerDay()) {
      var first = lastDay.get(lastDay.size() - o.messagesPerDay());
      return reject(new MessageLimit(o.messagesPerDay(), first.sentAt().plus(Conversation.DAY)));
    }
    return accept(
        new MessageSent(o.orderId(), c.messageId(), c.from(), c.template(), c.text(), at));
  }

  @Override
  public Conversation evolve(Conversation state, ConversationEvent event) {
    return switch (event) {
      case PartiesNoted e ->
          new Open(e.orderId(), e.buyerId(), e.sellerId(), e.messagesPerDay(), List.of());
      case MessageSent e ->
          switch (state) {
            case Silent _ -> state;
            case Open o -> o.with(e);
          };
    };
  }

  @Override
  public Optional<Deadline<ConversationCommand>> nextDeadline(Conversation state) {
    return Optional.empty();
  }
}
