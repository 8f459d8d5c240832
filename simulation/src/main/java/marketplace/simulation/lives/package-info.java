/// Thousands of whole lives of orders in memory, late, twice and out of order, and every order of a
/// few moves without exception; the invariants are asked after each step.
@NullMarked
package marketplace.simulation.lives;

import org.jspecify.annotations.NullMarked;
