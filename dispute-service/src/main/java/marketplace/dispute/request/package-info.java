/// What may be asked of this service, without the protocol that carries it.
@NullMarked
package marketplace.dispute.request;

import org.jspecify.annotations.NullMarked;
