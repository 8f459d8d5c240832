@NullMarked
package marketplace.simulation.world;

import org.jspecify.annotations.NullMarked;
