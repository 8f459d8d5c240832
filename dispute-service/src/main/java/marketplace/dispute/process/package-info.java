/// What the facts of order, seller and money mean for the window.
@NullMarked
package marketplace.dispute.process;

import org.jspecify.annotations.NullMarked;
