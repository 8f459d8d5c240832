/// What refunds have brought a buyer that he keeps here: credit and vouchers.
@NullMarked
package marketplace.refund.domain.wallet;

import org.jspecify.annotations.NullMarked;
