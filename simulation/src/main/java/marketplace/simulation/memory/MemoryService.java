package marketplace.simulation.memory;

import java.util.Set;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.ServiceRules;
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

  /// How far the relay has come in the store's log. A crash sets it back: repeated, never skipped.
  private int relayed;

  MemoryService(
      ServiceRules rules, InMemoryEventStore store, FaultRules faults, MemoryClock clock) {
    this.rules = rules;
    this.store = store;
    this.faults = faults;
    this.handler =
        new SerialHandler(
            store,
            rules,
            clock,
            clock,
            HandlerSettings.of(
                rules.name(), "UNKNOWN_ORDER", Set.of("CONFLICT_RETRY", "ORDER_UNKNOWN")),
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
}
