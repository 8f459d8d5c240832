package marketplace.edge.document;

/// What stands beside a view that is read from one stream, in the words of the document.
///
/// @param publishedVersion of the last event up to there that the other services are told of
public record StreamVersion(int version, int publishedVersion) {}
