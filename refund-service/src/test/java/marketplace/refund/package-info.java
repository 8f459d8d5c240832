@NullMarked
package marketplace.refund;

import org.jspecify.annotations.NullMarked;
