@NullMarked
package marketplace.refund.domain;

import org.jspecify.annotations.NullMarked;
