/// Batches, and what becomes of their members.
@NullMarked
package marketplace.eventsourcing.handling;

import org.jspecify.annotations.NullMarked;
