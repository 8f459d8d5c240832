@NullMarked
package marketplace.simulation.mail;

import org.jspecify.annotations.NullMarked;
