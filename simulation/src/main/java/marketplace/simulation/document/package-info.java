/// What people write in files, in YAML or JSON, and where the mistakes in it are.
@NullMarked
package marketplace.simulation.document;

import org.jspecify.annotations.NullMarked;
