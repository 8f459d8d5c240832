@NullMarked
package marketplace.refund.request;

import org.jspecify.annotations.NullMarked;
