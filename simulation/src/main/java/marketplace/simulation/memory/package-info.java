/// The marketplace on one thread: the rules of all four services over stores, topics and a clock in
/// memory. The only package that knows the services' rules.
@NullMarked
package marketplace.simulation.memory;

import org.jspecify.annotations.NullMarked;
