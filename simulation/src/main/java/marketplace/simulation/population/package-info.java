/// People who buy, sell, carry and keep silent, so that there is something to see.
@NullMarked
package marketplace.simulation.population;

import org.jspecify.annotations.NullMarked;
