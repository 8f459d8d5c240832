package marketplace.eventsourcing.store;

import marketplace.eventsourcing.sample.SteppedTime;

final class InMemoryEventStoreTest extends EventStoreContract {
  @Override
  EventStore newStore() {
    return new InMemoryEventStore(new SteppedTime());
  }
}
