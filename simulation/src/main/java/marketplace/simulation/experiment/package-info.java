/// Experiments: the same people under several policies, compared.
@NullMarked
package marketplace.simulation.experiment;

import org.jspecify.annotations.NullMarked;
