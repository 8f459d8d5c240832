package marketplace.eventsourcing.relay;

import java.util.Optional;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.EventCodec;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.Publications;

/// What the relay needs of one kind of stream.
///
/// @param name the first part of its streams' names
public record PublishedCategory<E>(String name, EventCodec<E> codec, Publications<E> publications) {

  public static <E> PublishedCategory<E> of(Aggregate<?, ?, E, ?> aggregate) {
    return new PublishedCategory<>(
        aggregate.category(), aggregate.codec(), aggregate.publications());
  }

  Optional<Message> messageFor(EventRow row) {
    return publications.messageFor(row.stored(codec.decode(row.type(), row.data())));
  }
}
