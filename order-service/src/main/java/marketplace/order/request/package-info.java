/// Calls turned into commands and looks, and outcomes into answers; without HTTP.
@NullMarked
package marketplace.order.request;

import org.jspecify.annotations.NullMarked;
