@NullMarked
package marketplace.seller.api;

import org.jspecify.annotations.NullMarked;
