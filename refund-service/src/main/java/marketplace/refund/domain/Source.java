package marketplace.refund.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Another service's event, as the ledger remembers it.
///
/// @param orderVersion its place in the order's stream; null for an event of another stream, and
///   for an injected one without a version
public record Source(UUID eventId, String eventType, @Nullable Integer orderVersion) {}
