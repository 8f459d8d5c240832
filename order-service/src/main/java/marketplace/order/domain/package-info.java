/// The rules of an order: what may be asked of it, what has happened, where that leaves it.
@NullMarked
package marketplace.order.domain;

import org.jspecify.annotations.NullMarked;
