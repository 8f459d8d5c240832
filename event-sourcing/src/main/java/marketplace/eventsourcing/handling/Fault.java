package marketplace.eventsourcing.handling;

import java.time.Instant;

/// A record that fails again and again, though it can be understood.
///
/// @param retryAt wall time
record Fault(String reason, int attempts, Instant retryAt) {}
