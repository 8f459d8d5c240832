/// The marketplace that runs: its services over HTTP, its clock and its events over Kafka.
@NullMarked
package marketplace.simulation.live;

import org.jspecify.annotations.NullMarked;
