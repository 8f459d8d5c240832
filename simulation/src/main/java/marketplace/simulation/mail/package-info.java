/// Where the market's mail ends.
@NullMarked
package marketplace.simulation.mail;

import org.jspecify.annotations.NullMarked;
