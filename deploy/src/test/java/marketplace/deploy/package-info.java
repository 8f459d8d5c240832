/// Holds the files for containers and Kubernetes against the code: a setting, a topic or a role
/// that is renamed here and not there fails a test, and not a night at a customer's.
@NullMarked
package marketplace.deploy;

import org.jspecify.annotations.NullMarked;
