@NullMarked
package marketplace.loadtest.market;

import org.jspecify.annotations.NullMarked;
