@NullMarked
package marketplace.dispute.api;

import org.jspecify.annotations.NullMarked;
