/// The platform's money: it takes payments, keeps one ledger for each order, sends refunds to the
/// buyer and what is left to the seller.
@NullMarked
package marketplace.refund;

import org.jspecify.annotations.NullMarked;
