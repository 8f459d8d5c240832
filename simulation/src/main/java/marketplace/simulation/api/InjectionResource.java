package marketplace.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.Envelope;
import marketplace.simulation.journal.Published;
import marketplace.simulation.live.Injector.Injection;
import marketplace.simulation.live.LiveMarket;
import marketplace.simulation.live.Malformed;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Events that no service has told.
@Path("/v1/injections")
@Tag(name = "Injections")
@RunOnVirtualThread
class InjectionResource {
  private static final int COPIES_MAX = 1_000;
  private static final long DELAY_MILLIS_MAX = 3_600_000;

  private final LiveMarket market;
  private final Commands commands;

  InjectionResource(LiveMarket market, Commands commands) {
    this.market = market;
    this.commands = commands;
  }

  /// @param topic where it is left out, the one that has events of this type
  /// @param data may be left out where the form is wrong before anybody reads it
  /// @param malformed json, schema, oversize, future-version, tombstone or foreign-key: wrong on
  ///   purpose in this way
  record Body(
      @Nullable String topic,
      @Nullable String key,
      @Nullable String type,
      @Nullable JsonNode data,
      @Nullable Map<String, String> headers,
      @Nullable Integer copies,
      @Nullable Boolean sameId,
      @Nullable Long delayMillis,
      @Nullable String malformed) {}

  @POST
  @Operation(operationId = "inject", summary = "Writes an event straight to a topic")
  public Response inject(@Nullable Body body) {
    return commands.once(body, () -> injected(body));
  }

  private Response injected(@Nullable Body body) {
    if (body == null) throw Problems.invalid("", "the body must be one JSON object");
    var type = text("/type", body.type());
    var topic = body.topic() == null ? topicOf(type) : body.topic();
    if (Published.FAMILIES.stream().noneMatch(family -> family.topic().equals(topic))) {
      throw Problems.invalid("/topic", "must be one of the marketplace's own, was " + topic);
    }
    var copies = body.copies() == null ? 1 : body.copies();
    if (copies < 1 || copies > COPIES_MAX) {
      throw Problems.invalid("/copies", "must be from 1 to " + COPIES_MAX);
    }
    var delay = body.delayMillis() == null ? 0 : body.delayMillis();
    if (delay < 0 || delay > DELAY_MILLIS_MAX) {
      throw Problems.invalid("/delayMillis", "must be from 0 to " + DELAY_MILLIS_MAX);
    }
    var malformed = malformed(body.malformed());
    var injection =
        new Injection(
            topic,
            text("/key", body.key()),
            type,
            data(body.data(), malformed),
            body.headers() == null ? Map.of() : body.headers(),
            copies,
            Boolean.TRUE.equals(body.sameId()),
            delay,
            malformed);
    return Response.status(202).entity(Map.of("ids", market.injector().inject(injection))).build();
  }

  /// It becomes a key or a header.
  private static String text(String pointer, @Nullable String value) {
    var text = required(pointer, value);
    if (text.isBlank() || text.length() > Envelope.HEADER_LENGTH_MAX || text.indexOf('\0') >= 0) {
      throw Problems.invalid(
          pointer, "must have 1 to %d characters".formatted(Envelope.HEADER_LENGTH_MAX));
    }
    return text;
  }

  private static String topicOf(String type) {
    var topics =
        Published.FAMILIES.stream()
            .filter(family -> family.knows(type))
            .map(MessageFamily::topic)
            .toList();
    if (topics.size() == 1) return topics.getFirst();
    throw Problems.invalid("/topic", "must be given for the type " + type);
  }

  private static @Nullable Malformed malformed(@Nullable String word) {
    try {
      return word == null ? null : Malformed.of(word);
    } catch (IllegalArgumentException e) {
      throw Problems.invalid("/malformed", String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode data(@Nullable JsonNode value, @Nullable Malformed malformed) {
    if (value == null && malformed != null && malformed != Malformed.FOREIGN_KEY) {
      return JsonNodeFactory.instance.objectNode();
    }
    var data = required("/data", value);
    if (!data.isObject()) throw Problems.invalid("/data", "must be a JSON object");
    return data;
  }

  private static <T> T required(String pointer, @Nullable T value) {
    if (value == null) throw Problems.invalid(pointer, "is missing");
    return value;
  }
}
