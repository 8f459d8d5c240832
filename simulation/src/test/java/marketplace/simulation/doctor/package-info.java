@NullMarked
package marketplace.simulation.doctor;

import org.jspecify.annotations.NullMarked;
