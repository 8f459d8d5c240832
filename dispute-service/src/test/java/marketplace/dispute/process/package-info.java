@NullMarked
package marketplace.dispute.process;

import org.jspecify.annotations.NullMarked;
