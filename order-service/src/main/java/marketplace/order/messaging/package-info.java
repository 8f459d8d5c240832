/// How an order's events are written down, and in which words the others are told.
@NullMarked
package marketplace.order.messaging;

import org.jspecify.annotations.NullMarked;
