@NullMarked
package marketplace.eventsourcing.control;

import org.jspecify.annotations.NullMarked;
