@NullMarked
package marketplace.simulation;

import org.jspecify.annotations.NullMarked;
