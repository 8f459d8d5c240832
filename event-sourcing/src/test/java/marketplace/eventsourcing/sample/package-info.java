/// A made-up kind of stream, with what tests of the mechanism need around it.
@NullMarked
package marketplace.eventsourcing.sample;

import org.jspecify.annotations.NullMarked;
