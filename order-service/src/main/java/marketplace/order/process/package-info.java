/// What the order does by itself when other services tell their facts.
@NullMarked
package marketplace.order.process;

import org.jspecify.annotations.NullMarked;
