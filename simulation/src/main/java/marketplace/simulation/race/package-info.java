/// What comes of a few acts about one order in every order in which they can be made (domain,
/// sections 9 and 15.5).
@NullMarked
package marketplace.simulation.race;

import org.jspecify.annotations.NullMarked;
