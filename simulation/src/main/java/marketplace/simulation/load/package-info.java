/// Load on the running market, by the program behind `./market load` in a process of its own.
@NullMarked
package marketplace.simulation.load;

import org.jspecify.annotations.NullMarked;
