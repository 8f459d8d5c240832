/// HTTP in: which path asks for what, and the lists, which are read from the service's own tables.
@NullMarked
package marketplace.seller.api;

import org.jspecify.annotations.NullMarked;
