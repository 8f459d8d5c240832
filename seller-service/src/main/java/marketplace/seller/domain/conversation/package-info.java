/// What buyer and seller of an order write to each other.
@NullMarked
package marketplace.seller.domain.conversation;

import org.jspecify.annotations.NullMarked;
