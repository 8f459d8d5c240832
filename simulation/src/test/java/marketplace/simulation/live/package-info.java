@NullMarked
package marketplace.simulation.live;

import org.jspecify.annotations.NullMarked;
