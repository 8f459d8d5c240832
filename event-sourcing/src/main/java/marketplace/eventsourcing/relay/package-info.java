/// Carries stored events from the log of PostgreSQL to Kafka, in the order of their commits, at
/// least once and never with a gap.
@NullMarked
package marketplace.eventsourcing.relay;

import org.jspecify.annotations.NullMarked;
