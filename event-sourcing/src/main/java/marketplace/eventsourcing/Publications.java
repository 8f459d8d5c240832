package marketplace.eventsourcing;

import java.util.Optional;

/// The one place that turns a stored event into its public message, or into silence. Pure, and for
/// a stored name its answer never changes: the relay asks again after every restart.
@FunctionalInterface
public interface Publications<E> {
  Optional<Message> messageFor(StoredEvent<? extends E> stored);
}
