@NullMarked
package marketplace.dispute.domain;

import org.jspecify.annotations.NullMarked;
