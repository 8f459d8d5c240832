/// How the window's events are stored, and which of them the others are told.
@NullMarked
package marketplace.dispute.messaging;

import org.jspecify.annotations.NullMarked;
