/// Stories told in files, played in either world and compared with what was expected.
@NullMarked
package marketplace.simulation.scenario;

import org.jspecify.annotations.NullMarked;
