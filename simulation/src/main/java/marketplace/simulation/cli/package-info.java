/// The simulation from the command line: the same functions, asked of a running server.
@NullMarked
package marketplace.simulation.cli;

import org.jspecify.annotations.NullMarked;
