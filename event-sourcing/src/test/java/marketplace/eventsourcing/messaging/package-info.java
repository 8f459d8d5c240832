@NullMarked
package marketplace.eventsourcing.messaging;

import org.jspecify.annotations.NullMarked;
