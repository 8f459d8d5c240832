/// The promise between the services: one sealed family of messages for each topic.
@NullMarked
package marketplace.contracts;

import org.jspecify.annotations.NullMarked;
