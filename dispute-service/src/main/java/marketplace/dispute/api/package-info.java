/// The after-sale window over HTTP.
@NullMarked
package marketplace.dispute.api;

import org.jspecify.annotations.NullMarked;
