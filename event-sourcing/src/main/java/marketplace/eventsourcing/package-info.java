/// Deciders and what carries data to and from them: event store, relay, inbox, deadlines, clock.
/// The mechanism knows no word of the marketplace.
@NullMarked
package marketplace.eventsourcing;

import org.jspecify.annotations.NullMarked;
