@NullMarked
package marketplace.eventsourcing.tracing;

import org.jspecify.annotations.NullMarked;
