/// A real PostgreSQL and a real Kafka on loopback, for the main job and for every module's tests.
@NullMarked
package marketplace.platform;

import org.jspecify.annotations.NullMarked;
