/// The after-sale window of an order (domain, section 8.6).
@NullMarked
package marketplace.dispute.domain;

import org.jspecify.annotations.NullMarked;
