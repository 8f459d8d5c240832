/// What a seller offers.
@NullMarked
package marketplace.seller.domain.product;

import org.jspecify.annotations.NullMarked;
