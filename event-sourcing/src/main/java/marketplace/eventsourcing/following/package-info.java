/// Follows the service's own store: what an event asks of other streams later than it happens.
@NullMarked
package marketplace.eventsourcing.following;

import org.jspecify.annotations.NullMarked;
