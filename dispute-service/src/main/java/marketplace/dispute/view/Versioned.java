package marketplace.dispute.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A view, and which version of its stream it shows.
///
/// @param publishedVersion version of the last event up to there that the other services are told
///   of: all that they can be waited for
public record Versioned<T>(@JsonUnwrapped T view, int version, int publishedVersion) {}
