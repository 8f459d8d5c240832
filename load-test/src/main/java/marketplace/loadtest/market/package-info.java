/// `./market load`: calls to a running market at a fixed rate, whether it keeps up or not, and what
/// comes of them.
@NullMarked
package marketplace.loadtest.market;

import org.jspecify.annotations.NullMarked;
