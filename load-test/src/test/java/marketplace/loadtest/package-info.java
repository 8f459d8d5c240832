@NullMarked
package marketplace.loadtest;

import org.jspecify.annotations.NullMarked;
