@NullMarked
package marketplace.eventsourcing.deadline;

import org.jspecify.annotations.NullMarked;
