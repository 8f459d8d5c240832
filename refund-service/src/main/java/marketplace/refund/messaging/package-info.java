/// Names of stored events, and which of them the others are told.
@NullMarked
package marketplace.refund.messaging;

import org.jspecify.annotations.NullMarked;
