/// What is remembered of a buyer himself, beside his orders: only that he wants to be forgotten.
@NullMarked
package marketplace.order.domain.buyer;

import org.jspecify.annotations.NullMarked;
