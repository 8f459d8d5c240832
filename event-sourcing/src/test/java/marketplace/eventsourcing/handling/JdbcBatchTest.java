package marketplace.eventsourcing.handling;

import java.time.InstantSource;
import java.util.List;
import marketplace.eventsourcing.sample.Kitchen;
import marketplace.eventsourcing.sample.Pot;
import marketplace.eventsourcing.store.EventStore;
import marketplace.eventsourcing.store.JdbcEventStore;

final class JdbcBatchTest extends BatchContract {
  @Override
  EventStore store(InstantSource wall) {
    return new JdbcEventStore(new Kitchen().dataSource(), List.of(Pot.AGGREGATE));
  }
}
