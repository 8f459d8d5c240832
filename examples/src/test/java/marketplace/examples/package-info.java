@NullMarked
package marketplace.examples;

import org.jspecify.annotations.NullMarked;
