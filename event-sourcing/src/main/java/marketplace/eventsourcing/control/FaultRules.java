package marketplace.eventsourcing.control;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The faults in force in this instance. The mechanism obeys its own kinds, which are named here; a
/// service asks for the kinds that only it understands.
public final class FaultRules {
  /// Records are handed on `millis` late, and with each all behind it in its partition.
  public static final String CONSUME_DELAY = "CONSUME_DELAY";

  /// Records are handed on twice.
  public static final String CONSUME_TWICE = "CONSUME_TWICE";

  /// Records are handed on `millis` late, and with each what follows of its key; others overtake.
  public static final String CONSUME_REORDER = "CONSUME_REORDER";

  /// Records are lost at first, and handed on again with all behind them.
  public static final String CONSUME_LOSS = "CONSUME_LOSS";

  /// Records are not handed on at all until the rule is gone.
  public static final String HOLD_CONSUMING = "HOLD_CONSUMING";

  /// Due deadlines are not fired by the poller. They still come before any later command.
  public static final String HOLD_DEADLINES = "HOLD_DEADLINES";

  /// The relay dies `times` times after it has sent what it had read and before it has noted that,
  /// so that the next one sends it again.
  public static final String RELAY_DIES = "RELAY_DIES";

  /// Of all who set some together.
  public static final int RULES_MAX = 100;

  private static final long DELAY_MILLIS_MAX = Duration.ofHours(1).toMillis();
  private static final long DEATHS_MAX = 100;
  private static final String TOPIC = "topic";
  private static final String MILLIS = "millis";

  /// Which records a rule is about, which of them it hits, and how many.
  private static final List<String> WHICH =
      List.of(TOPIC, "key", "type", "rate", "seed", "every", "times");

  private static final Map<String, Set<String>> OF_THE_MECHANISM =
      Map.of(
          CONSUME_DELAY, which(MILLIS),
          CONSUME_TWICE, which(),
          CONSUME_REORDER, which(MILLIS),
          CONSUME_LOSS, which(MILLIS),
          HOLD_CONSUMING, Set.of(TOPIC),
          HOLD_DEADLINES, Set.of(),
          RELAY_DIES, Set.of("every", "times"));

  private static final Set<String> SLOWING =
      Set.of(CONSUME_DELAY, CONSUME_REORDER, CONSUME_LOSS, HOLD_CONSUMING);

  private static final Set<String> MISHAPS =
      Set.of(CONSUME_DELAY, CONSUME_REORDER, CONSUME_TWICE, CONSUME_LOSS);

  private final Map<String, Set<String>> kinds;
  private final Consumer<FaultRule> check;
  private final Map<String, List<Active>> byOwner = new TreeMap<>();
  private final AtomicLong edition = new AtomicLong();
  private volatile Map<String, List<Active>> byKind = Map.of();

  /// @param seen how many it was about and did not leave out by chance
  /// @param left how often it may still hit
  private record Active(
      JsonNode json, FaultRule rule, Chance chance, long every, AtomicLong seen, AtomicLong left) {
    static Active of(JsonNode json, FaultRule rule) {
      return new Active(
          json,
          rule,
          rule.chance(),
          rule.number("every", 1, Integer.MAX_VALUE, 1),
          new AtomicLong(),
          new AtomicLong(rule.number("times", 1, Integer.MAX_VALUE, Long.MAX_VALUE)));
    }

    String kind() {
      return rule.kind();
    }

    boolean hits(String id) {
      return chance.hits(rule.kind() + ":" + id)
          && seen.incrementAndGet() % every == 0
          && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  /// Of a service that has no faults of its own.
  public FaultRules() {
    this(Map.of(), rule -> {});
  }

  /// @param ofTheService the kinds that the service will ask for, each with its parameters; any
  ///   other is refused as a mistake
  /// @param check throws an IllegalArgumentException for a rule that the service could not obey
  public FaultRules(Map<String, Set<String>> ofTheService, Consumer<FaultRule> check) {
    this.kinds = new HashMap<>(OF_THE_MECHANISM);
    this.kinds.putAll(ofTheService);
    this.check = check;
  }

  /// Puts `{rules: […]}` in the place of all rules of the same owner. An empty list ends them.
  ///
  /// @param owner who sets them, so that a caller, a story and a run leave each other's rules alone
  /// @throws BadFaultRuleException which names the rule that cannot be understood; nothing has
  ///   changed then
  public void replace(String owner, JsonNode body) {
    var list = body.path("rules");
    if (!list.isArray()) throw new BadFaultRuleException("/rules", "rules must be a list");
    List<Active> rules = new ArrayList<>();
    for (var json : list) rules.add(read("/rules/" + rules.size(), json));
    synchronized (byOwner) {
      var others = total() - byOwner.getOrDefault(owner, List.of()).size();
      if (others + rules.size() > RULES_MAX) {
        throw new BadFaultRuleException(
            "/rules",
            "rules must be at most %d, were %d".formatted(RULES_MAX, others + rules.size()));
      }
      if (rules.isEmpty()) byOwner.remove(owner);
      else byOwner.put(owner, rules);
      byKind = byOwner.values().stream().flatMap(List::stream).collect(groupingBy(Active::kind));
      edition.incrementAndGet();
    }
  }

  private int total() {
    return byOwner.values().stream().mapToInt(List::size).sum();
  }

  private List<Active> active(String kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  /// As they were set, by their owners.
  public Map<String, List<JsonNode>> inForce() {
    synchronized (byOwner) {
      Map<String, List<JsonNode>> rules = new LinkedHashMap<>();
      byOwner.forEach((owner, of) -> rules.put(owner, of.stream().map(Active::json).toList()));
      return rules;
    }
  }

  /// All rules of a kind. What they hit is a matter of whoever obeys them.
  public List<FaultRule> rules(String kind) {
    return active(kind).stream().map(Active::rule).toList();
  }

  /// The first rule of a kind that is about these facts (`topic` → …) and hits the thing of this
  /// id. Counts: to be asked once for each thing.
  public Optional<FaultRule> hit(String kind, Map<String, String> facts, String id) {
    for (var one : active(kind)) {
      if (one.rule().isAbout(facts) && one.hits(id)) return Optional.of(one.rule());
    }
    return Optional.empty();
  }

  public boolean holdsDeadlines() {
    return !active(HOLD_DEADLINES).isEmpty();
  }

  public boolean holdsConsuming(String topic) {
    return isAbout(HOLD_CONSUMING, topic);
  }

  /// Counts: to be asked once each time that the relay has sent something.
  public boolean relayDies() {
    return hit(RELAY_DIES, Map.of(), "").isPresent();
  }

  /// Does some rule keep records of this topic waiting?
  public boolean slowsConsuming(String topic) {
    return SLOWING.stream().anyMatch(kind -> isAbout(kind, topic));
  }

  /// What shall happen to one record. Counts: to be asked once for each record, and again when the
  /// rules have changed.
  ///
  /// @param id by which the rates choose
  public Mishap mishap(String topic, String key, String type, String id) {
    if (!mayBringMishaps()) return Mishap.NONE;
    var facts = Map.of(TOPIC, topic, "key", key, "type", type);
    var loss = hit(CONSUME_LOSS, facts, id);
    return new Mishap(
        hit(CONSUME_DELAY, facts, id).map(FaultRules::millis).orElse(Duration.ZERO),
        hit(CONSUME_REORDER, facts, id).map(FaultRules::millis).orElse(Duration.ZERO),
        hit(CONSUME_TWICE, facts, id).isPresent(),
        loss.isPresent(),
        loss.map(FaultRules::millis).orElse(Duration.ZERO));
  }

  /// For those to whom naming a record is work.
  public boolean mayBringMishaps() {
    return !Collections.disjoint(byKind.keySet(), MISHAPS);
  }

  /// Another one whenever the rules have changed; never negative.
  public long edition() {
    return edition.get();
  }

  private boolean isAbout(String kind, String topic) {
    var rules = active(kind);
    if (rules.isEmpty()) return false;
    var facts = Map.of(TOPIC, topic);
    return rules.stream().anyMatch(one -> one.rule().isAbout(facts));
  }

  private Active read(String pointer, JsonNode json) {
    var kind = json.path("kind").asText();
    var known = kinds.get(kind);
    if (known == null) {
      throw new BadFaultRuleException(
          pointer + "/kind",
          "kind must be one of %s, was %s".formatted(new TreeSet<>(kinds.keySet()), json));
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (var field : json.properties()) {
      var name = field.getKey();
      if (name.equals("kind") || field.getValue().isNull()) continue;
      if (!known.contains(name)) {
        throw new BadFaultRuleException(
            pointer + "/" + name, "%s has %s, not %s".formatted(kind, new TreeSet<>(known), name));
      }
      if (!field.getValue().isTextual() && !field.getValue().isNumber()) {
        throw new BadFaultRuleException(
            pointer + "/" + name, "%s of %s must be text or a number".formatted(name, kind));
      }
      parameters.put(name, field.getValue().asText());
    }
    try {
      var rule = new FaultRule(kind, parameters);
      check(rule);
      return Active.of(json, rule);
    } catch (BadFaultRuleException e) {
      throw new BadFaultRuleException(pointer + e.pointer(), String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new BadFaultRuleException(pointer, String.valueOf(e.getMessage()));
    }
  }

  private void check(FaultRule rule) {
    switch (rule.kind()) {
      case CONSUME_DELAY, CONSUME_REORDER -> rule.number(MILLIS, 0, DELAY_MILLIS_MAX);
      case CONSUME_LOSS -> millis(rule);
      // One that always dies would never get any further.
      case RELAY_DIES -> rule.number("times", 1, DEATHS_MAX);
      case CONSUME_TWICE, HOLD_CONSUMING, HOLD_DEADLINES -> {}
      default -> check.accept(rule);
    }
  }

  private static Duration millis(FaultRule rule) {
    return Duration.ofMillis(rule.number(MILLIS, 0, DELAY_MILLIS_MAX, 0));
  }

  private static Set<String> which(String... more) {
    Set<String> parameters = new TreeSet<>(WHICH);
    parameters.addAll(List.of(more));
    return parameters;
  }
}
