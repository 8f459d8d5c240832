/// What time it is: business time, simulated or not, and the wall clock behind it.
@NullMarked
package marketplace.eventsourcing.time;

import org.jspecify.annotations.NullMarked;
