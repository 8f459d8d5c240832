@NullMarked
package marketplace.refund.view;

import org.jspecify.annotations.NullMarked;
