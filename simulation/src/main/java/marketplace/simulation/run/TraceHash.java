package marketplace.simulation.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import marketplace.contracts.ContractJson;
import marketplace.simulation.journal.Published;

/// One number for all that a run has told (domain, section 15.1): SHA-256 over the events of one
/// order after the other, by their numbers in the run, and then of one seller after the other; of
/// each by time, topic, stream and version; of each event its type, its time since the start and
/// its data. Ids are replaced by the order in which they first appear in what is told of the order,
/// so that another run of the same plan has the same hash whatever ids it has drawn.
final class TraceHash {
  /// Ids, the sixteen digits that people call an order by, and voucher codes: both follow from ids.
  private static final Pattern ID =
      Pattern.compile(
          "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\\b[0-9]{16}\\b|\\bV-[0-9A-F]{12}\\b");

  /// It counts what one service had read of another, which is a matter of chance.
  private static final String POSITION = "afterOrderVersion";

  private static final Comparator<Published> ORDER =
      Comparator.<Published, Instant>comparing(event -> event.envelope().time())
          .thenComparing(Published::topic)
          .thenComparing(event -> category(event.envelope().subject()))
          .thenComparingInt(TraceHash::version);

  private TraceHash() {}

  /// The texts of all orders and sellers, to be put together from parts of a run.
  ///
  /// @param orders by number
  /// @param sellers by number
  record Digests(SortedMap<Integer, byte[]> orders, SortedMap<Integer, byte[]> sellers) {
    Digests() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    void add(Digests other) {
      orders.putAll(other.orders);
      sellers.putAll(other.sellers);
    }

    String hash() {
      var hash = sha256();
      orders.values().forEach(hash::update);
      sellers.values().forEach(hash::update);
      return HexFormat.of().formatHex(hash.digest());
    }
  }

  static Digests of(Played played) {
    var digests = new Digests();
    var lines = lines(played);
    lines.orders().forEach((order, events) -> digests.orders().put(order, digest(events)));
    lines.sellers().forEach((seller, events) -> digests.sellers().put(seller, digest(events)));
    return digests;
  }

  /// What is hashed, a line for each event.
  ///
  /// @param orders by number
  /// @param sellers by number
  record Lines(SortedMap<Integer, List<String>> orders, SortedMap<Integer, List<String>> sellers) {}

  static Lines lines(Played played) {
    var lines = new Lines(new TreeMap<>(), new TreeMap<>());
    var start = played.plan().start();
    for (var order : played.orders()) {
      var id = order.orderId();
      if (id != null) lines.orders().put(order.order(), lines(played.journal().of(id), start));
    }
    played
        .sellers()
        .forEach(
            (seller, id) -> lines.sellers().put(seller, lines(played.journal().of(id), start)));
    return lines;
  }

  private static List<String> lines(List<Published> events, Instant start) {
    var names = new Names(start);
    return events.stream()
        .sorted(ORDER)
        .map(event ->
            "%s %s %s"
                .formatted(
                    event.type(),
                    names.replaceIn(event.envelope().time().toString()),
                    names.replaceIn(data(event))))
        .toList();
  }

  private static JsonNode data(Published event) {
    ObjectNode data = ContractJson.mapper().valueToTree(event.message());
    data.remove(POSITION);
    return data;
  }

  private static int version(Published event) {
    var version = event.envelope().streamVersion();
    return version == null ? 0 : version;
  }

  /// The stream's name without the id in it.
  private static String category(String subject) {
    return ID.matcher(subject).replaceAll("");
  }

  private static byte[] digest(List<String> lines) {
    var hash = sha256();
    for (var line : lines) hash.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    return hash.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// What stands for ids and instants.
  private static final class Names {
    private static final Pattern INSTANT =
        Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z");

    private final Instant start;
    private final Map<String, String> ids = new HashMap<>();

    Names(Instant start) {
      this.start = start;
    }

    String replaceIn(String text) {
      if (INSTANT.matcher(text).matches()) {
        return "+" + (Instant.parse(text).toEpochMilli() - start.toEpochMilli());
      }
      return ID.matcher(text)
          .replaceAll(id -> ids.computeIfAbsent(id.group(), _ -> "id" + (ids.size() + 1)));
    }

    /// The same document with its fields in the order of their names.
    JsonNode replaceIn(JsonNode json) {
      return switch (json) {
        case ObjectNode object -> {
          var sorted = new TreeMap<String, JsonNode>();
          for (var field : object.properties()) {
            sorted.put(replaceIn(field.getKey()), replaceIn(field.getValue()));
          }
          var result = JsonNodeFactory.instance.objectNode();
          sorted.forEach(result::set);
          yield result;
        }
        case ArrayNode array -> {
          var result = JsonNodeFactory.instance.arrayNode();
          array.forEach(item -> result.add(replaceIn(item)));
          yield result;
        }
        default ->
            json.isTextual()
                ? JsonNodeFactory.instance.textNode(replaceIn(json.textValue()))
                : json;
      };
    }
  }
}
