/// What buyers have been granted to take off a price.
@NullMarked
package marketplace.order.domain.coupon;

import org.jspecify.annotations.NullMarked;
