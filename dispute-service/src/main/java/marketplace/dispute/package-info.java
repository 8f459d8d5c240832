/// The platform after the sale: as long as the window of an order is open its parties may still
/// disagree, and the seller waits for the money.
@NullMarked
package marketplace.dispute;

import org.jspecify.annotations.NullMarked;
