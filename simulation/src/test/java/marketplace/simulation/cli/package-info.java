@NullMarked
package marketplace.simulation.cli;

import org.jspecify.annotations.NullMarked;
