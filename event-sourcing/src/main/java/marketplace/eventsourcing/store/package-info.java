/// Where events lie, and all rows that are written with them in one transaction: on PostgreSQL, and
/// in memory for the simulation.
@NullMarked
package marketplace.eventsourcing.store;

import org.jspecify.annotations.NullMarked;
