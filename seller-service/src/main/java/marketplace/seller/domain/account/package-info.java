/// A seller and what is known of him.
@NullMarked
package marketplace.seller.domain.account;

import org.jspecify.annotations.NullMarked;
