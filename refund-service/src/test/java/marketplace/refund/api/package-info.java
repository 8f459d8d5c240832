@NullMarked
package marketplace.refund.api;

import org.jspecify.annotations.NullMarked;
