package marketplace.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What nobody should send. A command that would be good is spoiled in every way that we know, and
/// each must be answered by a problem document that says what is wrong, never by a fault.
public final class BadInput {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OVERLONG = 20_000;
  private static final int TOO_LARGE = 100_000;
  private static final List<JsonNode> NO_NUMBERS =
      List.of(
          LongNode.valueOf(-1),
          LongNode.valueOf(Long.MAX_VALUE),
          BigIntegerNode.valueOf(BigInteger.TWO.pow(70)),
          DoubleNode.valueOf(1.5),
          TextNode.valueOf("1"));
  private static final List<JsonNode> NO_TEXTS =
      List.of(
          TextNode.valueOf("x".repeat(OVERLONG)), TextNode.valueOf("a\0b"), LongNode.valueOf(7));

  private final URI server;
  private final String role;
  private final UUID actor;
  private final List<String> wrong = new ArrayList<>();
  private boolean versioned = true;

  private BadInput(URI server, String role, UUID actor) {
    this.server = server;
    this.role = role;
    this.actor = actor;
  }

  /// @param port of the service under test
  /// @param role of one who may do and see what is asked below
  public static BadInput to(int port, String role, UUID actor) {
    return new BadInput(URI.create("http://localhost:" + port), role, actor);
  }

  /// For a server whose commands are about no version of anything.
  public BadInput unversioned() {
    versioned = false;
    return this;
  }

  /// One line for each answer that was not as it must be; empty where all is well.
  public List<String> wrongAnswers() {
    return List.copyOf(wrong);
  }

  /// A POST that would be accepted with this body.
  public BadInput command(String path, String goodBody) {
    var good = object(goodBody);
    bodies(good).forEach((what, body) -> refused(what, send(path, body, headers()), null));
    var text = good.toString();
    headersFor().forEach((code, headers) -> refused(code, send(path, text, headers), code));
    var plain = headers();
    plain.put("Content-Type", "text/plain");
    refused("text/plain", send(path, text, plain), "UNSUPPORTED_MEDIA_TYPE");
    if (versioned) {
      var longAgo = headers();
      longAgo.put("If-Match", "\"999999\"");
      refused("a version that there is not", send(path, text, longAgo), null);
    }
    refused("DELETE", delete(path), "METHOD_NOT_ALLOWED");
    return this;
  }

  /// A POST whose body is longer than this, and does not say so beforehand.
  public BadInput longerThan(int bytes, String path) {
    var text = "{\"comment\": \"" + "x".repeat(bytes) + "\"}";
    var answer = sendInChunks(path, text, headers());
    if (answer.statusCode() != 413) {
      wrong.add("more than " + bytes + " bytes: " + answer.statusCode() + " " + answer.body());
    }
    return this;
  }

  /// A GET that would be answered by a list.
  public BadInput list(String path) {
    for (var cursor :
        List.of(
            "?",
            "no cursor",
            base64("nothing"),
            base64("now\n" + UUID.randomUUID()),
            base64("2026-01-05T00:00:00Z\nnobody"),
            base64("+999999999-01-01T00:00:00Z\n" + UUID.randomUUID()),
            base64("a\0\nb\0"),
            "x".repeat(2_000))) {
      get(path, "cursor", cursor);
    }
    for (var limit : List.of("0", "-1", "201", "99999999999", "many")) get(path, "limit", limit);
    return this;
  }

  /// A path with an id in the place of `{id}`, asked for with ids that nobody has.
  public BadInput unknown(String path) {
    for (var id : List.of(UUID.randomUUID().toString(), "no-uuid", "x".repeat(300))) {
      var answer = send(HttpRequest.newBuilder(server.resolve(path.replace("{id}", id))).GET());
      refused("GET " + path + " with " + shortened(id), answer, null);
    }
    return this;
  }

  private void get(String path, String parameter, String value) {
    var query = "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    var answer = send(HttpRequest.newBuilder(server.resolve(path + query)).GET());
    refused("GET " + path + " with " + parameter + " " + shortened(value), answer, null);
  }

  private static Map<String, String> bodies(ObjectNode good) {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("half a body", good.toString().substring(0, good.toString().length() / 2));
    bodies.put("a list", "[" + good + "]");
    bodies.put("a number", "7");
    bodies.put("two bodies", good + " " + good);
    bodies.put("an unknown field", good.deepCopy().put("nobodyKnowsThis", 1).toString());
    bodies.put("too much", good.deepCopy().put("comment", "x".repeat(TOO_LARGE)).toString());
    for (var field : good.properties()) {
      for (var value : spoiled(field.getValue())) {
        var name = field.getKey() + " = " + shortened(value.toString());
        bodies.put(name, good.deepCopy().<ObjectNode>set(field.getKey(), value).toString());
      }
    }
    return bodies;
  }

  private static List<JsonNode> spoiled(JsonNode value) {
    List<JsonNode> spoiled = new ArrayList<>();
    spoiled.add(
        value.isObject()
            ? TextNode.valueOf("of another kind")
            : JSON.createObjectNode().put("of", "another kind"));
    if (value.isNumber()) spoiled.addAll(NO_NUMBERS);
    if (value.isTextual()) spoiled.addAll(NO_TEXTS);
    return spoiled;
  }

  private Map<String, Map<String, String>> headersFor() {
    var noKey = headers();
    noKey.remove("Idempotency-Key");
    var nobody = headers();
    nobody.remove("X-Actor-Id");
    return Map.of("IDEMPOTENCY_KEY_MISSING", noKey, "UNAUTHENTICATED", nobody);
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Role", role);
    headers.put("X-Actor-Id", actor.toString());
    headers.put("Idempotency-Key", UUID.randomUUID().toString());
    headers.put("Content-Type", "application/json");
    return headers;
  }

  private HttpResponse<String> send(String path, String body, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(server.resolve(path)).POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return exchange(request);
  }

  /// Nobody knows how long such a body is before it has come.
  private HttpResponse<String> sendInChunks(String path, String body, Map<String, String> headers) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var chunks = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    var request = HttpRequest.newBuilder(server.resolve(path)).POST(chunks);
    headers.forEach(request::header);
    return exchange(request);
  }

  private HttpResponse<String> delete(String path) {
    return send(HttpRequest.newBuilder(server.resolve(path)).DELETE());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    headers().forEach(request::header);
    return exchange(request);
  }

  private static HttpResponse<String> exchange(HttpRequest.Builder request) {
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// @param code that the problem must have; null where any will do
  private void refused(String what, HttpResponse<String> answer, @Nullable String code) {
    var type = answer.headers().firstValue("Content-Type").orElse("");
    var problem = problem(answer.body());
    var isRefusal = answer.statusCode() >= 400 && answer.statusCode() < 500;
    var said = problem.path("code").asText();
    if (!said.isEmpty()) Refusals.note(said);
    if (!isRefusal
        || !type.startsWith("application/problem+json")
        || said.isEmpty()
        || (code != null && !said.equals(code))) {
      wrong.add(what + ": " + answer.statusCode() + " " + shortened(answer.body()));
    }
  }

  private static JsonNode problem(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException _) {
      return JSON.createObjectNode();
    }
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String shortened(String text) {
    return text.length() <= 120 ? text : text.substring(0, 120) + "…";
  }
}
