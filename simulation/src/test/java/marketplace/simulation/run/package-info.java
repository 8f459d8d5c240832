@NullMarked
package marketplace.simulation.run;

import org.jspecify.annotations.NullMarked;
