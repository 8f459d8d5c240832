/// Runs: a population whose every choice follows from one seed, played in any world, with what came
/// of it.
@NullMarked
package marketplace.simulation.run;

import org.jspecify.annotations.NullMarked;
