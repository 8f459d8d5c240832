@NullMarked
package marketplace.eventsourcing;

import org.jspecify.annotations.NullMarked;
