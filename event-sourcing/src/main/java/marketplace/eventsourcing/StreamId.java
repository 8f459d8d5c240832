package marketplace.eventsourcing;

import java.util.UUID;

/// The name of one event stream, written `category-id`: `order-0190c0de-…`.
public record StreamId(String category, UUID id) implements Comparable<StreamId> {
  private static final int UUID_LENGTH = 36;

  /// Reads the written form; throws IllegalArgumentException where it is none.
  public static StreamId parse(String text) {
    var dash = text.length() - UUID_LENGTH - 1;
    if (dash < 1 || text.charAt(dash) != '-') {
      throw new IllegalArgumentException("not a stream name: " + text);
    }
    return new StreamId(text.substring(0, dash), UUID.fromString(text.substring(dash + 1)));
  }

  @Override
  public int compareTo(StreamId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return category + "-" + id;
  }
}
