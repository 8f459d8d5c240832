package marketplace.eventsourcing;

import java.util.function.BiFunction;
import java.util.function.Predicate;

/// One topic that a service reads: which types it knows, how their data is read, what they ask.
///
/// @param known types that are read; all others are skipped and counted
/// @param reader type and data to message; throws a RuntimeException whose message says what is
///   wrong where the data cannot be read
public record Inbound<M>(
    String topic,
    Predicate<String> known,
    BiFunction<String, byte[], M> reader,
    Reaction<M> reaction) {}
