/// What somebody finds out who looks at an installation from outside: at its databases, at its
/// topics and at its books. It changes nothing.
@NullMarked
package marketplace.simulation.doctor;

import org.jspecify.annotations.NullMarked;
