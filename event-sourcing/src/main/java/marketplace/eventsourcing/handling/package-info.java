/// The one way in for every decision: commands, foreign facts and due deadlines are gathered into
/// batches, decided in memory and stored in one transaction.
@NullMarked
package marketplace.eventsourcing.handling;

import org.jspecify.annotations.NullMarked;
