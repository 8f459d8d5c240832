@NullMarked
package marketplace.refund.process;

import org.jspecify.annotations.NullMarked;
