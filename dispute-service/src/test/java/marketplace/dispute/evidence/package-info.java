@NullMarked
package marketplace.dispute.evidence;

import org.jspecify.annotations.NullMarked;
