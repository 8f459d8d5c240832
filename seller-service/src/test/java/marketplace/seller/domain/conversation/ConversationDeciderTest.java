package marketplace.seller.domain.conversation;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.ANA;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.LIN;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.ORDER;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.fact;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.hours;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import marketplace.kernel.MessageId;
import marketplace.seller.domain.conversation.ConversationCommand.BeginConversation;
import marketplace.seller.domain.conversation.ConversationCommand.SendMessage;
import marketplace.seller.domain.conversation.ConversationEvent.MessageSent;
import marketplace.seller.domain.conversation.ConversationEvent.PartiesNoted;
import marketplace.seller.domain.conversation.ConversationRejection.DuplicateFact;
import marketplace.seller.domain.conversation.ConversationRejection.MessageLimit;
import marketplace.seller.domain.conversation.ConversationRejection.NotAParty;
import marketplace.seller.domain.conversation.ConversationRejection.NotBegun;
import marketplace.testkit.DeciderFixture;
import org.junit.jupiter.api.Test;

class ConversationDeciderTest {
  private static final BeginConversation BEGIN =
      new BeginConversation(fact("OrderPlaced"), ORDER, ANA, LIN, 2);
  private static final PartiesNoted BEGUN =
      new PartiesNoted(fact("OrderPlaced"), ORDER, ANA, LIN, 2);

  private final DeciderFixture<
          ConversationCommand, Conversation, ConversationEvent, ConversationRejection>
      conversation = DeciderFixture.of(new ConversationDecider());

  @Test
  void begins_once() {
    conversation.given().when(BEGIN, hours(0)).thenEmits(BEGUN).thenNoDeadline();
    conversation.given(BEGUN).when(BEGIN, hours(1)).thenRefuses(new DuplicateFact());
  }

  @Test
  void is_for_the_buyer_and_the_seller_of_a_known_order() {
    conversation.given().when(by(Party.BUYER, ANA.value()), hours(1)).thenRefuses(new NotBegun());
    conversation
        .given(BEGUN)
        .when(by(Party.BUYER, ANA.value()), hours(1))
        .thenEmits(said(Party.BUYER, hours(1)));
    conversation
        .given(BEGUN)
        .when(by(Party.SELLER, LIN.value()), hours(1))
        .thenEmits(said(Party.SELLER, hours(1)));
    conversation
        .given(BEGUN)
        .when(by(Party.SELLER, ANA.value()), hours(1))
        .thenRefuses(new NotAParty());
    conversation
        .given(BEGUN)
        .when(by(Party.BUYER, uuid(99)), hours(1))
        .thenRefuses(new NotAParty());
  }

  @Test
  void knows_how_long_the_buyer_has_waited_for_an_answer() {
    var answer = said(Party.SELLER, hours(5));
    assertThat(awaited(said(Party.BUYER, hours(1)), said(Party.BUYER, hours(2)), answer))
        .contains(hours(1));
    assertThat(
            awaited(
                said(Party.BUYER, hours(1)),
                said(Party.SELLER, hours(2)),
                said(Party.BUYER, hours(3)),
                answer))
        .contains(hours(3));
    assertThat(awaited(said(Party.BUYER, hours(1)), said(Party.SELLER, hours(2)), answer))
        .isEmpty();
    assertThat(awaited(answer)).isEmpty();
  }

  /// Since when the last of these was awaited.
  private static Optional<Instant> awaited(MessageSent... messages) {
    var open = new Conversation.Open(ORDER, ANA, LIN, 2, List.of(messages));
    return open.awaitedSince(messages[messages.length - 1]);
  }

  @Test
  void limits_what_each_of_them_says_in_any_24_hours() {
    var talk =
        conversation.given(
            BEGUN,
            said(Party.BUYER, hours(1)),
            said(Party.SELLER, hours(2)),
            said(Party.BUYER, hours(3)));
    var justBefore = hours(25).minus(Duration.ofMillis(1));

    talk.when(by(Party.BUYER, ANA.value()), justBefore).thenRefuses(new MessageLimit(2, hours(25)));
    talk.when(by(Party.SELLER, LIN.value()), justBefore).thenEmits(said(Party.SELLER, justBefore));
    talk.when(by(Party.BUYER, ANA.value()), hours(25)).thenEmits(said(Party.BUYER, hours(25)));
  }

  @Test
  void says_when_the_limit_ends_also_where_a_later_policy_would_allow_less() {
    conversation
        .given(
            BEGUN,
            said(Party.BUYER, hours(1)),
            said(Party.BUYER, hours(2)),
            said(Party.BUYER, hours(3)))
        .when(by(Party.BUYER, ANA.value()), hours(4))
        .thenRefuses(new MessageLimit(2, hours(26)));
  }

  @Test
  void fills_the_order_number_into_every_template() {
    for (var template : MessageTemplate.values()) {
      assertThat(template.textFor(ORDER)).contains(ORDER.number()).doesNotContain("{");
    }
  }

  private static SendMessage by(Party from, UUID sender) {
    return new SendMessage(from, sender, new MessageId(uuid(60)), null, "Hello");
  }

  private static MessageSent said(Party from, Instant at) {
    return new MessageSent(ORDER, new MessageId(uuid(60)), from, null, "Hello", at);
  }
}
