@NullMarked
package marketplace.eventsourcing.following;

import org.jspecify.annotations.NullMarked;
