/// The content of evidence: what may be sent, where it lies, and when it is removed.
@NullMarked
package marketplace.dispute.evidence;

import org.jspecify.annotations.NullMarked;
