@NullMarked
package marketplace.simulation.memory;

import org.jspecify.annotations.NullMarked;
