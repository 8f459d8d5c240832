/// Wakes streams when their time has come. What happens then is the stream's own business.
@NullMarked
package marketplace.eventsourcing.deadline;

import org.jspecify.annotations.NullMarked;
