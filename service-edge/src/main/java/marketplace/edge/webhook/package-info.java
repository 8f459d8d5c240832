/// Outgoing webhooks: events of this service, sent over HTTP to whoever has asked for them.
@NullMarked
package marketplace.edge.webhook;

import org.jspecify.annotations.NullMarked;
