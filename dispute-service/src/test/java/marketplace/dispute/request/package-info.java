@NullMarked
package marketplace.dispute.request;

import org.jspecify.annotations.NullMarked;
