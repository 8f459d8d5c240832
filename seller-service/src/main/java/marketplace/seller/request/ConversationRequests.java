package marketplace.seller.request;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.kernel.MessageId;
import marketplace.kernel.OrderId;
import marketplace.seller.domain.conversation.Conversation;
import marketplace.seller.domain.conversation.Conversation.Open;
import marketplace.seller.domain.conversation.Conversation.Silent;
import marketplace.seller.domain.conversation.ConversationCommand;
import marketplace.seller.domain.conversation.ConversationCommand.SendMessage;
import marketplace.seller.domain.conversation.ConversationEvent;
import marketplace.seller.domain.conversation.ConversationRejection;
import marketplace.seller.domain.conversation.ConversationRejection.DuplicateFact;
import marketplace.seller.domain.conversation.ConversationRejection.MessageLimit;
import marketplace.seller.domain.conversation.ConversationRejection.NotAParty;
import marketplace.seller.domain.conversation.ConversationRejection.NotBegun;
import marketplace.seller.domain.conversation.MessageTemplate;
import marketplace.seller.domain.conversation.Party;
import marketplace.seller.process.SellerReactions;
import marketplace.seller.view.Lookup;
import marketplace.seller.view.MessageView;
import org.jspecify.annotations.Nullable;

/// What buyer and seller of an order write to each other.
public final class ConversationRequests {
  private static final int PAGE_MAX = 200;
  private static final int PAGE_DEFAULT = 50;
  private static final String WRITTEN_ALREADY = "you have already written";

  private final Aggregate<
          ConversationCommand, Conversation, ConversationEvent, ConversationRejection>
      conversations;
  private final Lookup lookup;

  public ConversationRequests(
      Aggregate<ConversationCommand, Conversation, ConversationEvent, ConversationRejection>
          conversations,
      Lookup lookup) {
    this.conversations = conversations;
    this.lookup = lookup;
  }

  /// @param hint null where there is nothing to say
  public record Sent(MessageId messageId, @Nullable String hint) {}

  /// @param nextCursor null on the last page
  public record Messages(List<MessageView> items, @Nullable String nextCursor) {}

  public record TemplateView(MessageTemplate template, String text) {}

  public Prepared sendMessage(Call call, String orderId, Bodies.NewMessage body) {
    var from = party(call);
    var order = Checks.id("orderId", orderId, OrderId::of);
    var checks = new Checks();
    var text = checks.message(body.template(), body.text());
    checks.done();
    var template = body.template();
    // As committed rows tell it: this is only about a hint.
    var requestOpen = from == Party.BUYER && lookup.hasOpenRequest(order);
    var messageId = new MessageId(call.ids().next());
    return new CommandRequest<
        ConversationCommand, Conversation, ConversationEvent, ConversationRejection>(
        SellerReactions.conversationOf(order),
        new SendMessage(
            from,
            call.caller().id(),
            messageId,
            template,
            template == null ? text : template.textFor(order)),
        call.trace(),
        call.expectedVersion(),
        call.idempotencyKey(),
        outcome ->
            switch (outcome) {
              case Outcome.Done<Conversation, ConversationEvent, ConversationRejection> done ->
                  Answer.of(201, new Sent(messageId, requestOpen ? hint(done) : null));
              case Outcome.Refused<Conversation, ConversationEvent, ConversationRejection> no ->
                  refusal(no.reason(), no.at());
              case Outcome.VersionMismatch<Conversation, ConversationEvent, ConversationRejection>
                      other ->
                  Refusals.versionMismatch(other.version(), other.at());
            });
  }

  /// A second message of the buyer within a day makes no request go faster.
  private static @Nullable String hint(
      Outcome.Done<Conversation, ConversationEvent, ConversationRejection> done) {
    return switch (done.state()) {
      case Silent _ -> null;
      case Open o -> o.lastDayOf(Party.BUYER, done.at()).size() > 1 ? WRITTEN_ALREADY : null;
    };
  }

  private static Answer refusal(ConversationRejection reason, Instant now) {
    return switch (reason) {
      case NotBegun() -> Refusals.notFound("order", now).toAnswer();
      case NotAParty() ->
          Problem.of(403, "FORBIDDEN", "only the buyer and the seller of an order talk", now)
              .toAnswer();
      case MessageLimit(var limit, var until) ->
          new Answer(
              429,
              Map.of("Retry-After", String.valueOf(secondsUntil(until, now))),
              Problem.of(429, "MESSAGE_LIMIT", "at most " + limit + " messages in 24 hours", now)
                  .withDeadline(until));
      case DuplicateFact() ->
          throw new IllegalStateException("only a fact is refused so: " + reason);
    };
  }

  /// Whole seconds, rounded up, of simulated time: the only time that the limit knows.
  private static long secondsUntil(Instant until, Instant now) {
    return Duration.between(now, until).plusMillis(999).toSeconds();
  }

  /// Newest first.
  public Prepared getMessages(Call call, Map<String, String> parameters) {
    var party = party(call);
    var order = Checks.id("orderId", parameters.getOrDefault("orderId", ""), OrderId::of);
    var limit = limit(parameters.get("limit"));
    var cursor = parameters.get("cursor");
    return new Query<>(
        SellerReactions.conversationOf(order),
        conversations,
        snapshot ->
            switch (snapshot.state()) {
              case Open o when o.isParty(party, call.caller().id()) ->
                  Answer.of(200, page(o, cursor, limit));
              case Open _, Silent _ -> Refusals.notFound("order", snapshot.now()).toAnswer();
            });
  }

  /// The cursor is the oldest message that was shown.
  private static Messages page(Open o, @Nullable String cursor, int limit) {
    var newestFirst = o.messages().reversed();
    var from = cursor == null || cursor.isEmpty() ? 0 : placeAfter(cursor, o);
    var to = Math.min(newestFirst.size(), from + limit);
    var shown = newestFirst.subList(from, to).stream().map(MessageView::of).toList();
    return new Messages(
        shown, to < newestFirst.size() ? shown.getLast().messageId().toString() : null);
  }

  private static int placeAfter(String cursor, Open o) {
    var newestFirst = o.messages().reversed();
    return IntStream.range(0, newestFirst.size())
            .filter(place -> newestFirst.get(place).messageId().toString().equals(cursor))
            .findFirst()
            .orElseThrow(() -> invalid("cursor"))
        + 1;
  }

  private static int limit(@Nullable String text) {
    if (text == null || text.isEmpty()) return PAGE_DEFAULT;
    try {
      var limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= PAGE_MAX) return limit;
    } catch (NumberFormatException _) {
      // Answered below, as a number that is out of range.
    }
    throw invalid("limit");
  }

  private static ProblemException invalid(String parameter) {
    return new ProblemException(
        Problem.of(422, "INVALID", parameter + " cannot be used", null)
            .withErrors(List.of(new FieldError(parameter, "INVALID"))));
  }

  public static Prepared messageTemplates() {
    return new Prepared.Immediately(
        Answer.of(
            200,
            Arrays.stream(MessageTemplate.values())
                .map(template -> new TemplateView(template, template.text()))
                .toList()));
  }

  private static Party party(Call call) {
    Checks.role(call, "BUYER", "SELLER");
    return Party.valueOf(call.caller().role());
  }
}
