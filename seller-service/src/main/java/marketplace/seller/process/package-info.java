/// What this service does by itself when others tell it something.
@NullMarked
package marketplace.seller.process;

import org.jspecify.annotations.NullMarked;
