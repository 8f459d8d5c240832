/// The seller's part of the lifecycle: he ships, answers within 72 hours, or lets them pass.
@NullMarked
package marketplace.seller;

import org.jspecify.annotations.NullMarked;
