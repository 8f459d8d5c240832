/// Policy sets as people write them.
@NullMarked
package marketplace.simulation.policy;

import org.jspecify.annotations.NullMarked;
