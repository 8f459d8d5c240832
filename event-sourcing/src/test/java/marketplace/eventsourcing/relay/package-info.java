/// The relay on a real PostgreSQL and a real Kafka.
@NullMarked
package marketplace.eventsourcing.relay;

import org.jspecify.annotations.NullMarked;
