/// What can be seen of payments, refunds and ledgers.
@NullMarked
package marketplace.refund.view;

import org.jspecify.annotations.NullMarked;
