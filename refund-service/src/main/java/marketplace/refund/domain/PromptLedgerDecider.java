package marketplace.refund.domain;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.Decision.Accepted;
import marketplace.eventsourcing.Decision.Rejected;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;

/// The ledger with a provider who answers at once: each question that a decision asks is answered
/// within the same decision, so that both sides are stored together or not at all. Only for a
/// provider who is as pure as the rules; see the decision on the payment provider.
public final class PromptLedgerDecider
    implements Decider<LedgerCommand, Ledger, LedgerEvent, LedgerRejection> {
  private final LedgerDecider rules = new LedgerDecider();
  private final PaymentProvider provider;

  public PromptLedgerDecider(PaymentProvider provider) {
    this.provider = provider;
  }

  @Override
  public Ledger initialState() {
    return rules.initialState();
  }

  @Override
  public Decision<LedgerEvent, LedgerRejection> decide(
      LedgerCommand command, Ledger ledger, Instant at) {
    return switch (rules.decide(command, ledger, at)) {
      case Accepted<LedgerEvent, LedgerRejection>(var events) ->
          Decision.accept(answered(events, ledger, at));
      case Rejected<LedgerEvent, LedgerRejection> refusal -> refusal;
    };
  }

  /// An answer may ask again, so this goes on until nothing is asked. It ends, because every answer
  /// brings a payment or a refund forward.
  private List<LedgerEvent> answered(List<LedgerEvent> first, Ledger before, Instant at) {
    var events = new ArrayList<LedgerEvent>();
    var questions = new ArrayDeque<ProviderAsked>();
    var ledger = before;
    var unread = first;
    while (true) {
      for (var event : unread) {
        events.add(event);
        ledger = evolve(ledger, event);
        if (event instanceof ProviderAsked asked) questions.add(asked);
      }
      if (questions.isEmpty() || !(ledger instanceof Open open)) return events;
      unread = consequences(questions.remove(), open, at);
    }
  }

  private List<LedgerEvent> consequences(ProviderAsked asked, Open ledger, Instant at) {
    var answer = provider.answer(ledger.terms().orderId(), asked);
    if (answer.isEmpty()) return List.of();
    return switch (rules.decide(answer.get(), ledger, at)) {
      case Accepted<LedgerEvent, LedgerRejection>(var events) -> events;
      case Rejected<LedgerEvent, LedgerRejection>(var reason) ->
          throw new IllegalStateException(answer + " answers no question: " + reason);
    };
  }

  @Override
  public Ledger evolve(Ledger ledger, LedgerEvent event) {
    return rules.evolve(ledger, event);
  }

  @Override
  public Optional<Deadline<LedgerCommand>> nextDeadline(Ledger ledger) {
    return rules.nextDeadline(ledger);
  }
}
