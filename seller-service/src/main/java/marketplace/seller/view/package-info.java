/// What can be seen of orders to ship, cancellation tasks, shipments, sellers and products.
@NullMarked
package marketplace.seller.view;

import org.jspecify.annotations.NullMarked;
