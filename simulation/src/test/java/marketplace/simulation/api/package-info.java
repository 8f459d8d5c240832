@NullMarked
package marketplace.simulation.api;

import org.jspecify.annotations.NullMarked;
