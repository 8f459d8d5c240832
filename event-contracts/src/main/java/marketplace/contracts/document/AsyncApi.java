package marketplace.contracts.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import marketplace.contracts.MessageFamily;

/// The topics as an AsyncAPI 3 document: what travels on them, and which service sends and receives
/// it. Made of the message families and their schemas, so that it cannot say anything else.
public final class AsyncApi {
  public static final String REJECTED = "rejected.events.v1";
  public static final String CONTROL = "simulation.control.v1";

  private static final ObjectMapper JSON = new ObjectMapper();

  /// CloudEvents 1.0 in binary mode (domain, section 6.2): name to JSON type and meaning.
  private static final List<Header> HEADERS =
      List.of(
          new Header("ce_specversion", "string", "1.0"),
          new Header("ce_id", "uuid", "unique for each event"),
          new Header("ce_type", "string", "the name of the message"),
          new Header("ce_source", "string", "the sender, such as /order-service"),
          new Header("ce_subject", "string", "the stream that it is told of"),
          new Header("ce_time", "date-time", "simulated time of the fact"),
          new Header("content-type", "string", "application/json"),
          new Header("ce_dataschema", "string", "the schema of the data, with its version"),
          new Header("ce_streamversion", "integer", "position in the sender's stream"),
          new Header(
              "ce_previousversion",
              "integer",
              "position of the stream's published event before; 0 for the first"),
          new Header("ce_correlationid", "uuid", "the same for all that follows from one command"),
          new Header("ce_causationid", "uuid", "the event or command that directly caused this"),
          new Header("ce_actor", "string", "who asked, such as BUYER:{id} or DEADLINE"),
          new Header("ce_recordedat", "date-time", "wall time of the commit"),
          new Header("ce_origin", "string", "SERVICE or INJECTED"),
          new Header("ce_runid", "string", "the simulation's run, if any"),
          new Header("traceparent", "string", "W3C trace context, if any"));

  private static final List<String> OPTIONAL_HEADERS =
      List.of("ce_streamversion", "ce_previousversion", "ce_runid", "traceparent");

  /// Somebody who reads and writes topics.
  ///
  /// @param name such as `order-service`
  public record Application(String name, Collection<String> sends, Collection<String> receives) {}

  private record Header(String name, String type, String meaning) {}

  private AsyncApi() {}

  /// Of the topics that these send or receive, and of no others.
  public static ObjectNode document(String title, List<Application> applications) {
    var document = JSON.createObjectNode();
    document.put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", title)
        .put("version", "1")
        .put(
            "description",
            "Events of the marketplace. Order within one topic and key is the order of the sending"
                + " stream; between topics there is none. Unknown fields are to be ignored, unknown"
                + " types to be skipped.");
    document.put("defaultContentType", "application/json");
    var channels = document.putObject("channels");
    var operations = document.putObject("operations");
    var components = document.putObject("components");
    var messages = components.putObject("messages");
    var schemas = components.putObject("schemas");
    schemas.set("Headers", headers());
    var topics =
        applications.stream()
            .flatMap(one -> Stream.concat(one.sends().stream(), one.receives().stream()))
            .distinct()
            .sorted()
            .toList();
    for (var topic : topics) channels.set(topic, channel(topic, messages, schemas));
    for (var application : applications) {
      for (var topic : sorted(application.sends()))
        operations.set(application.name() + ".sends." + topic, operation("send", topic));
      for (var topic : sorted(application.receives()))
        operations.set(application.name() + ".receives." + topic, operation("receive", topic));
    }
    return document;
  }

  private static List<String> sorted(Collection<String> topics) {
    return topics.stream().sorted().toList();
  }

  private static ObjectNode operation(String action, String topic) {
    var operation = JSON.createObjectNode().put("action", action);
    operation.putObject("channel").put("$ref", "#/channels/" + topic);
    return operation;
  }

  private static ObjectNode channel(String topic, ObjectNode messages, ObjectNode schemas) {
    var channel = JSON.createObjectNode().put("address", topic);
    channel.put("description", descriptionOf(topic));
    var own = channel.putObject("messages");
    var family = MessageFamily.ALL.stream().filter(one -> one.topic().equals(topic)).findFirst();
    if (family.isPresent()) {
      for (var type : family.get().types()) {
        schemas.set(type, schemaOf(type));
        messages.set(type, message(type));
        refer(own, type);
      }
    } else {
      for (var other : othersOn(topic).entrySet()) {
        messages.set(other.getKey(), other.getValue());
        refer(own, other.getKey());
      }
    }
    return channel;
  }

  private static void refer(ObjectNode own, String type) {
    own.putObject(type).put("$ref", "#/components/messages/" + type);
  }

  private static ObjectNode message(String type) {
    var message = JSON.createObjectNode().put("name", type).put("title", type);
    message.put("contentType", "application/json");
    message.putObject("headers").put("$ref", "#/components/schemas/Headers");
    message.putObject("payload").put("$ref", "#/components/schemas/" + type);
    return message;
  }

  private static String descriptionOf(String topic) {
    return switch (topic) {
      case "seller.accounts.v1" -> "Sellers and their products; the key is the sellerId.";
      case REJECTED -> "Events that a service refused, as they came, with the reason.";
      case CONTROL ->
          "What the simulation says to all services: compacted, one partition, read from the"
              + " beginning at each start.";
      default -> "The key is the orderId.";
    };
  }

  private static Map<String, ObjectNode> othersOn(String topic) {
    return switch (topic) {
      case REJECTED -> Map.of("RejectedEvent", rejected());
      case CONTROL -> Map.of("Control", control());
      default -> throw new IllegalArgumentException("no such topic: " + topic);
    };
  }

  private static ObjectNode rejected() {
    var message = JSON.createObjectNode().put("name", "RejectedEvent");
    message.put("title", "An event as it came, with two headers more");
    var headers = headers();
    var properties = (ObjectNode) headers.get("properties");
    properties.putObject("rejectedby").put("type", "string");
    properties.putObject("rejectreason").put("type", "string");
    message.set("headers", headers);
    message.putObject("payload").put("type", "object");
    return message;
  }

  private static ObjectNode control() {
    var message = JSON.createObjectNode().put("name", "Control");
    message.put("title", "The record's key says which: clock, policy:{id} or faults:{service}");
    message.putObject("payload").put("type", "object");
    return message;
  }

  private static ObjectNode headers() {
    var schema = JSON.createObjectNode().put("type", "object");
    var properties = schema.putObject("properties");
    var required = schema.putArray("required");
    for (var header : HEADERS) {
      var property = properties.putObject(header.name());
      switch (header.type()) {
        case "uuid", "date-time" -> property.put("type", "string").put("format", header.type());
        default -> property.put("type", header.type());
      }
      property.put("description", header.meaning());
      if (!OPTIONAL_HEADERS.contains(header.name())) required.add(header.name());
    }
    return schema;
  }

  /// Its own identity stays with the file: within the document it goes by its name.
  private static JsonNode schemaOf(String type) {
    var file = "/schemas/" + type + ".v1.json";
    try (var in = AsyncApi.class.getResourceAsStream(file)) {
      if (in == null) throw new IllegalStateException("there is no schema " + file);
      var schema = (ObjectNode) JSON.readTree(in);
      schema.remove(List.of("$schema", "$id"));
      return schema;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
