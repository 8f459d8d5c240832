/// How a simulation steers a service and looks into it: the control topic with clock, faults and
/// whatever else is published there, and the numbers that say whether all is quiet.
@NullMarked
package marketplace.eventsourcing.control;

import org.jspecify.annotations.NullMarked;
