/// What a person sees of an order.
@NullMarked
package marketplace.order.view;

import org.jspecify.annotations.NullMarked;
