/// Shipping one order, and the request to cancel it: ship, approve, decline, withdraw and two
/// deadlines compete for the same units, so one stream decides all of them.
@NullMarked
package marketplace.seller.domain.fulfilment;

import org.jspecify.annotations.NullMarked;
