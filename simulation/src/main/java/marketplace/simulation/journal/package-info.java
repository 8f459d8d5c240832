/// What the services have told the world, and what must always be true of it.
@NullMarked
package marketplace.simulation.journal;

import org.jspecify.annotations.NullMarked;
