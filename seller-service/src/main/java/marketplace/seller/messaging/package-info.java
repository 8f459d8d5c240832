/// How stored events are named on disk, and what the other services are told of them.
@NullMarked
package marketplace.seller.messaging;

import org.jspecify.annotations.NullMarked;
