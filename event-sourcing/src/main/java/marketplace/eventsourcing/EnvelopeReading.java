package marketplace.eventsourcing;

/// What came out of reading a record's envelope.
public sealed interface EnvelopeReading permits Envelope, EnvelopeReading.Unreadable {
  /// The record is no event of ours, or a broken one. It is set aside and shown.
  ///
  /// @param reason for people, in one line
  record Unreadable(String reason) implements EnvelopeReading {}
}
