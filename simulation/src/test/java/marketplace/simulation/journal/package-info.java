@NullMarked
package marketplace.simulation.journal;

import org.jspecify.annotations.NullMarked;
