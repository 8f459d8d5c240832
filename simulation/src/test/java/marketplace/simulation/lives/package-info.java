@NullMarked
package marketplace.simulation.lives;

import org.jspecify.annotations.NullMarked;
