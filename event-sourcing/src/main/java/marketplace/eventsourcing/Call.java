package marketplace.eventsourcing;

import org.jspecify.annotations.Nullable;

/// One call of a service, without the protocol that carried it.
///
/// @param trace whose causation is the call itself
/// @param expectedVersion of `If-Match`, null where any will do
/// @param idempotencyKey null for a query
/// @param ids for what the command creates
public record Call(
    Caller caller,
    Trace trace,
    @Nullable Integer expectedVersion,
    @Nullable IdempotencyKey idempotencyKey,
    IdSource ids) {}
