/// The same PostgreSQL and the same Kafka as embedded, in containers of their official images.
@NullMarked
package marketplace.platform.containers;

import org.jspecify.annotations.NullMarked;
