package marketplace.eventsourcing;

/// What makes a repeated request recognisable. Kept for 24 hours of wall time.
///
/// @param caller who asks, for example `BUYER:0190…`
/// @param path what is asked for, method and path
/// @param key 1 to 255 printable ASCII characters, chosen by the caller
/// @param bodyHash of the body, in hex; another one under the same key is a mistake of the caller
public record IdempotencyKey(String caller, String path, String key, String bodyHash) {}
