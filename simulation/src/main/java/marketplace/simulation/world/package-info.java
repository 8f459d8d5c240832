/// What can be done to a marketplace, whether it runs on machines or in memory.
@NullMarked
package marketplace.simulation.world;

import org.jspecify.annotations.NullMarked;
