@NullMarked
package marketplace.simulation.race;

import org.jspecify.annotations.NullMarked;
