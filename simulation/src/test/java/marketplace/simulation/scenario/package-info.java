@NullMarked
package marketplace.simulation.scenario;

import org.jspecify.annotations.NullMarked;
