/// Where the money of one order stands, and what may happen to it.
@NullMarked
package marketplace.refund.domain;

import org.jspecify.annotations.NullMarked;
