/// The same contract on every store.
@NullMarked
package marketplace.eventsourcing.store;

import org.jspecify.annotations.NullMarked;
