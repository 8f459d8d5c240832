/// Moves time, plays stories and populations, injects events and faults, and proves that what must
/// never happen does not. Not one rule of the marketplace is in here.
@NullMarked
package marketplace.simulation;

import org.jspecify.annotations.NullMarked;
