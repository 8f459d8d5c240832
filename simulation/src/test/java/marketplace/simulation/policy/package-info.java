@NullMarked
package marketplace.simulation.policy;

import org.jspecify.annotations.NullMarked;
