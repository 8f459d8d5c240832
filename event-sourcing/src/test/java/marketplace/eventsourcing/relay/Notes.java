package marketplace.eventsourcing.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import marketplace.eventsourcing.EventCodec;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.StoredEvent;

/// A kind of stream that says aloud what it is told, and keeps other things to itself.
final class Notes {
  static final String CATEGORY = "note";
  static final String SAID = "note.said.v1";
  static final String KEPT = "note.kept.v1";

  sealed interface NoteEvent {
    record Said(String text) implements NoteEvent {}

    record Kept(String text) implements NoteEvent {}
  }

  private Notes() {}

  static PublishedCategory<NoteEvent> publishedOn(String topic) {
    var codec =
        new EventCodec<NoteEvent>(new ObjectMapper())
            .writes(SAID, NoteEvent.Said.class)
            .writes(KEPT, NoteEvent.Kept.class);
    return new PublishedCategory<>(CATEGORY, codec, stored -> messageFor(topic, stored));
  }

  private static Optional<Message> messageFor(
      String topic, StoredEvent<? extends NoteEvent> stored) {
    return switch (stored.event()) {
      case NoteEvent.Said said ->
          Optional.of(
              new Message(
                  topic,
                  stored.stream().id().toString(),
                  "NoteSaid",
                  "/schemas/NoteSaid/v1",
                  "{\"text\":\"" + said.text() + "\"}",
                  Map.of("extra", "beside")));
      case NoteEvent.Kept _ -> Optional.empty();
    };
  }
}
