@NullMarked
package marketplace.eventsourcing.time;

import org.jspecify.annotations.NullMarked;
