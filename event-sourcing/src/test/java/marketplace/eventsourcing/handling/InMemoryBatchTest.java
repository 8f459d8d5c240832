package marketplace.eventsourcing.handling;

import java.time.InstantSource;
import marketplace.eventsourcing.store.EventStore;
import marketplace.eventsourcing.store.InMemoryEventStore;

final class InMemoryBatchTest extends BatchContract {
  @Override
  EventStore store(InstantSource wall) {
    return new InMemoryEventStore(wall);
  }
}
