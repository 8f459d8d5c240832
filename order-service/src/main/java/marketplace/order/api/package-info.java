/// HTTP in.
@NullMarked
package marketplace.order.api;

import org.jspecify.annotations.NullMarked;
