@NullMarked
package marketplace.platform.containers;

import org.jspecify.annotations.NullMarked;
