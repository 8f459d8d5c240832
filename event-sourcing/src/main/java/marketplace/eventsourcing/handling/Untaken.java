package marketplace.eventsourcing.handling;

import marketplace.eventsourcing.LogFields;
import marketplace.eventsourcing.RejectedFact;
import marketplace.eventsourcing.store.SetAside;
import marketplace.eventsourcing.store.Writes;
import org.jboss.logging.Logger;

/// Says aloud which facts were not taken: nobody waits for an answer to a fact.
final class Untaken {
  private static final Logger LOG = Logger.getLogger(Untaken.class);

  private Untaken() {}

  static void tell(Writes writes) {
    for (var record : writes.setAside()) tell(record);
    for (var appended : writes.events()) {
      var stored = appended.event();
      if (!(stored.event() instanceof RejectedFact refused)) continue;
      var correlation = stored.trace().correlationId().toString();
      try (var _ = LogFields.of(stored.stream().toString(), correlation)) {
        LOG.infof("%s about %s is refused: %s", refused.type(), refused.key(), refused.reason());
      }
    }
  }

  private static void tell(SetAside record) {
    var delivery = record.delivery();
    try (var _ = LogFields.of(delivery)) {
      switch (record.kind()) {
        case UNREADABLE, FAULTY ->
            LOG.warnf(
                "%s-%d: offset %d is set aside as %s: %s",
                delivery.topic(),
                delivery.partition(),
                delivery.offset(),
                record.kind(),
                record.reason());
        // Facts come in any order between topics: that one waits for another is everyday life.
        case PARKED, AWAITING, HELD ->
            LOG.debugf("%s waits: %s", delivery.topic(), record.reason());
      }
    }
  }
}
