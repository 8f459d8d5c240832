@NullMarked
package marketplace.simulation.experiment;

import org.jspecify.annotations.NullMarked;
