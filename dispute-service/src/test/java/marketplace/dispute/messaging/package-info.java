@NullMarked
package marketplace.dispute.messaging;

import org.jspecify.annotations.NullMarked;
