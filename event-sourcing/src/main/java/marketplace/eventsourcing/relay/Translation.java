package marketplace.eventsourcing.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.UnknownStoredEventException;
import org.apache.kafka.clients.producer.ProducerRecord;

/// From a stored event to the record that goes to Kafka.
final class Translation {
  private final String source;
  private final Map<String, PublishedCategory<?>> categories;

  Translation(String service, List<PublishedCategory<?>> categories) {
    this.source = "/" + service;
    this.categories =
        categories.stream().collect(Collectors.toMap(PublishedCategory::name, Function.identity()));
  }

  /// Empty for a private event, whose silence was fixed when it was appended.
  ///
  /// @throws UnknownStoredEventException where a newer build has to publish it
  Optional<ProducerRecord<String, byte[]>> recordFor(EventRow row) {
    if (!row.hasMessage()) return Optional.empty();
    var category = categories.get(row.stream().category());
    if (category == null) throw new UnknownStoredEventException(row.type());
    var message =
        category
            .messageFor(row)
            .orElseThrow(() ->
                new IllegalStateException(
                    "%s had a message when it was appended to %s, and has none now"
                        .formatted(row.type(), row.stream())));
    var sent =
        new ProducerRecord<String, byte[]>(
            message.topic(), message.key(), message.data().getBytes(UTF_8));
    Envelope.of(row.stored(row.type()), message, source)
        .headers()
        .forEach((name, value) -> sent.headers().add(name, value.getBytes(UTF_8)));
    message.headers().forEach((name, value) -> sent.headers().add(name, value.getBytes(UTF_8)));
    return Optional.of(sent);
  }
}
