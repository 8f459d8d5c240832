/// Kafka, as far as a service reads it: the loops that hand records to the inbox, and the topics.
@NullMarked
package marketplace.eventsourcing.messaging;

import org.jspecify.annotations.NullMarked;
