/// What stands behind `./market`: starts PostgreSQL, Kafka, the services and the simulation, each
/// in a process of its own, says what became of them, and stops them in order.
@NullMarked
package marketplace.launcher;

import org.jspecify.annotations.NullMarked;
