package marketplace.simulation.memory;

import java.util.Set;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.ServiceRules;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.handling.HandlerSettings;
import marketplace.eventsourcing.handling.SerialHandler;
import marketplace.eventsourcing.store.InMemoryEventStore;

/// One service in memory.
final class MemoryService {
  private final ServiceRules rules;
  private final InMemoryEventStore store;
  private final FaultRules faults;
  private final SerialHandler handler;
  private final Aggregates aggregates;

  /// How far the relay has come in the store's log. A crash sets it back: repeated, never skipped.
  private int relayed;

  /// How far the own events have been followed up. A crash sets it back as well.
  private int followed;

  MemoryService(
      ServiceRules rules, InMemoryEventStore store, FaultRules faults, MemoryClock clock) {
    this.rules = rules;
    this.store = store;
    this.faults = faults;
    this.aggregates = new Aggregates(rules.aggregates());
    this.handler =
        new SerialHandler(
            store,
            rules,
            clock,
            clock,
            HandlerSettings.of(
                    rules.name(), "UNKNOWN_ORDER", Set.of("CONFLICT_RETRY", "ORDER_UNKNOWN"))
                .withinOneProcess(),
            ContractJson.mapper());
  }

  String name() {
    return rules.name();
  }

  ServiceRules rules() {
    return rules;
  }

  InMemoryEventStore store() {
    return store;
  }

  Aggregate<?, ?, ?, ?> aggregate(StreamId stream) {
    return aggregates.of(stream);
  }

  FaultRules faults() {
    return faults;
  }

  SerialHandler handler() {
    return handler;
  }

  int relayed() {
    return relayed;
  }

  void relayed(int position) {
    this.relayed = position;
  }

  int unrelayed() {
    return store.log().size() - relayed;
  }

  /// Does an event of the log ask something of other streams, and has not been heard?
  boolean hasFollowUps() {
    var log = store.log();
    while (followed < log.size() && !asksForMore(log.get(followed).event())) followed++;
    return followed < log.size();
  }

  private boolean asksForMore(StoredEvent<?> stored) {
    return aggregates.of(stored.stream()).followUps().concern(stored.event());
  }

  /// What the next of them asks for.
  void followUp() {
    if (!hasFollowUps()) return;
    handler.follow(store.log().get(followed).event());
    followed++;
  }

  void forgetFollowed(int last) {
    followed = Math.max(0, followed - last);
  }
}
