/// Webhooks against a real database and real receivers.
@NullMarked
package marketplace.edge.webhook;

import org.jspecify.annotations.NullMarked;
