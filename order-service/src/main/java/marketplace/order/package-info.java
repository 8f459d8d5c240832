/// The buyer's part of the lifecycle: placing, cancelling, following the money.
@NullMarked
package marketplace.order;

import org.jspecify.annotations.NullMarked;
