package marketplace.simulation.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import marketplace.simulation.document.Document;
import marketplace.simulation.document.DocumentException;
import marketplace.simulation.document.DocumentSchema;
import marketplace.simulation.scenario.Scenario.Actor;
import marketplace.simulation.scenario.Scenario.By;
import marketplace.simulation.scenario.Scenario.Expectation;
import marketplace.simulation.scenario.Scenario.ExpectedEvent;
import marketplace.simulation.scenario.Scenario.Finally;
import marketplace.simulation.scenario.Scenario.Given;
import marketplace.simulation.scenario.Scenario.GivenOrder;
import marketplace.simulation.scenario.Scenario.Injected;
import marketplace.simulation.scenario.Scenario.LeftOut;
import marketplace.simulation.scenario.Scenario.Money;
import marketplace.simulation.scenario.Scenario.Notifications;
import marketplace.simulation.scenario.Scenario.Step;
import org.jspecify.annotations.Nullable;

/// The stories that come with the simulation, and the reading of others.
public final class ScenarioFiles {
  private static final String FOLDER = "/scenarios/";
  private static final DocumentSchema SCHEMA =
      DocumentSchema.onClassPath(FOLDER + "scenario.schema.json");

  private ScenarioFiles() {}

  /// The names of all that come with the simulation, in the order in which they are told.
  public static List<String> names() {
    return resource(FOLDER + "index.txt").lines().filter(line -> !line.isBlank()).toList();
  }

  /// @throws IllegalArgumentException for a name that is not there
  public static Scenario load(String name) {
    if (!names().contains(name)) throw new IllegalArgumentException("no such scenario: " + name);
    return parse(name + ".yaml", resource(FOLDER + name + ".yaml"));
  }

  public static List<Scenario> all() {
    return names().stream().map(ScenarioFiles::load).toList();
  }

  /// @param wanted a name or a number: `seller-approves`, `S02`; of a story in parts one of them
  ///   (`S07a`) or all (`S07`, `partial-refund-offer`)
  /// @return one story or its parts, in the order in which they are told
  /// @throws IllegalArgumentException when there is none
  public static List<Scenario> find(String wanted) {
    var found = all().stream().filter(scenario -> scenario.isCalled(wanted)).toList();
    if (found.isEmpty()) throw new IllegalArgumentException("no such scenario: " + wanted);
    return found;
  }

  /// @param wanted as in [#find(String)]
  /// @throws IllegalArgumentException also when it is a story in parts, which it names
  public static Scenario findOne(String wanted) {
    var found = find(wanted);
    if (found.size() == 1) return found.getFirst();
    throw new IllegalArgumentException(
        "a story in parts, to be played one by one: "
            + found.stream().map(Scenario::name).toList());
  }

  /// @param file its name, for messages
  /// @param text YAML or JSON
  /// @throws DocumentException which names file, line and path of the first mistake
  public static Scenario parse(String file, String text) {
    var document = Document.read(file, text);
    SCHEMA
        .mistake(document.json())
        .ifPresent(mistake -> {
          throw document.mistake(mistake.pointer(), mistake.problem());
        });
    return scenario(document.json());
  }

  private static Scenario scenario(JsonNode json) {
    var policy = json.path("policy").asText("STANDARD_72H");
    return new Scenario(
        json.get("name").textValue(),
        json.get("title").textValue(),
        policy,
        list(
            json.path("leavesOut"),
            left -> new LeftOut(left.get("what").textValue(), left.get("why").textValue())),
        given(json.get("given"), policy),
        list(json.path("steps"), ScenarioFiles::step),
        ending(json.get("finally")));
  }

  private static Given given(JsonNode json, String policy) {
    return new Given(
        map(json.path("products"), Function.identity()),
        map(json.path("coupons"), Function.identity()),
        map(
            json.path("orders"),
            order ->
                new GivenOrder(
                    map(order.get("lines"), JsonNode::intValue),
                    order.path("shippingFeeMinor").asLong(0),
                    text(order, "coupon"),
                    order.path("paymentMethod").asText("CARD"),
                    order.path("policy").asText(policy),
                    order.path("paid").asBoolean(true))));
  }

  private static Step step(JsonNode json) {
    var expect = json.path("expect");
    return new Step(
        json.get("at").asText(),
        By.valueOf(json.path("by").asText("STEP")),
        Actor.valueOf(json.path("as").asText("simulation").toUpperCase(Locale.ROOT)),
        text(json, "do"),
        text(json, "order"),
        map(json.path("with"), Function.identity()),
        text(json, "key"),
        injected(json.path("inject")),
        map(json.path("faults"), Function.identity()),
        json.path("only").asText().equals("live"),
        new Expectation(
            expect.has("status") ? expect.get("status").intValue() : null,
            body(expect),
            map(expect.path("contains"), ScenarioFiles::texts),
            map(expect.path("lacks"), ScenarioFiles::texts)));
  }

  private static @Nullable Injected injected(JsonNode json) {
    return json.isMissingNode()
        ? null
        : new Injected(
            json.get("topic").textValue(), json.get("type").textValue(), json.get("data"));
  }

  /// `code` and `deadline` are short for the same fields of a problem's body.
  private static @Nullable JsonNode body(JsonNode expect) {
    if (!expect.has("code") && !expect.has("deadline")) return expect.get("body");
    var body = JsonNodeFactory.instance.objectNode();
    expect.path("body").properties().forEach(field -> body.set(field.getKey(), field.getValue()));
    for (var name : List.of("code", "deadline")) {
      if (expect.has(name)) body.set(name, expect.get(name));
    }
    return body;
  }

  private static Finally ending(JsonNode json) {
    return new Finally(
        json.get("at").asText(),
        map(json.path("events"), events -> list(events, ScenarioFiles::expectedEvent)),
        map(json.path("orders"), Function.identity()),
        map(
            json.path("money"),
            money ->
                new Money(
                    money.get("capturedMinor").longValue(),
                    money.get("refundedMinor").longValue(),
                    money.get("paidOutMinor").longValue())),
        map(
            json.path("notifications"),
            told -> new Notifications(texts(told.path("buyer")), texts(told.path("seller")))),
        json.get("record"),
        map(json.path("repeats"), JsonNode::intValue),
        texts(json.path("rejected")));
  }

  private static ExpectedEvent expectedEvent(JsonNode json) {
    if (json.isTextual()) {
      return new ExpectedEvent(json.textValue(), null, JsonNodeFactory.instance.objectNode());
    }
    var field = json.properties().iterator().next();
    var data = JsonNodeFactory.instance.objectNode();
    field.getValue().properties().forEach(one -> data.set(one.getKey(), one.getValue()));
    var at = data.remove("at");
    return new ExpectedEvent(field.getKey(), at == null ? null : at.asText(), data);
  }

  private static @Nullable String text(JsonNode json, String field) {
    return json.has(field) ? json.get(field).asText() : null;
  }

  private static List<String> texts(JsonNode json) {
    return list(json, JsonNode::asText);
  }

  private static <T> List<T> list(JsonNode json, Function<JsonNode, T> read) {
    List<T> result = new ArrayList<>();
    json.forEach(element -> result.add(read.apply(element)));
    return List.copyOf(result);
  }

  private static <T> Map<String, T> map(JsonNode json, Function<JsonNode, T> read) {
    Map<String, T> result = new LinkedHashMap<>();
    json.properties().forEach(field -> result.put(field.getKey(), read.apply(field.getValue())));
    return result;
  }

  /// As JSON, for those who want to check their own before sending it.
  public static JsonNode schema() {
    return SCHEMA.json();
  }

  private static String resource(String path) {
    try (var stream = ScenarioFiles.class.getResourceAsStream(path)) {
      if (stream == null) throw new IllegalStateException(path + " is not on the class path");
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
