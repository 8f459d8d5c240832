@NullMarked
package marketplace.refund.messaging;

import org.jspecify.annotations.NullMarked;
