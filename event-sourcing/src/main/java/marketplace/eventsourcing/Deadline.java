package marketplace.eventsourcing;

import java.time.Instant;

/// A simulated instant at which something happens by itself, and the command that makes it happen.
///
/// @param name how people call it, for example `replyBy`
/// @param rank which goes first of those of one instant: the lower one
public record Deadline<C>(String name, int rank, Instant dueAt, C command) {}
