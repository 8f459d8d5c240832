/// What may be asked of this service, without the protocol that carries it.
@NullMarked
package marketplace.refund.request;

import org.jspecify.annotations.NullMarked;
