/// What may be asked of this service, without the protocol that carries it: a body and a call
/// become a command or a query, and what comes of it an answer.
@NullMarked
package marketplace.seller.request;

import org.jspecify.annotations.NullMarked;
