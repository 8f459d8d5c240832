package marketplace.eventsourcing.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The faults in force in this instance. The mechanism obeys its own kinds, which are named here; a
/// service asks for the kinds that only it understands.
public final class FaultRules {
  /// Records of a topic are handed on this late, counted from their own time stamp.
  public static final String CONSUME_DELAY = "CONSUME_DELAY";

  /// Every n-th record of a topic is handed on twice.
  public static final String CONSUME_TWICE = "CONSUME_TWICE";

  /// Records of a topic are not handed on at all until the rule is gone.
  public static final String HOLD_CONSUMING = "HOLD_CONSUMING";

  /// Due deadlines are not fired by the poller. They still come before any later command.
  public static final String HOLD_DEADLINES = "HOLD_DEADLINES";

  public static final int RULES_MAX = 100;
  private static final long DELAY_MILLIS_MAX = Duration.ofHours(1).toMillis();
  private static final Set<String> OF_THE_MECHANISM =
      Set.of(CONSUME_DELAY, CONSUME_TWICE, HOLD_CONSUMING, HOLD_DEADLINES);

  private final Set<String> ofTheService;
  private final Consumer<FaultRule> check;
  private final Map<String, List<Active>> bySetter = new LinkedHashMap<>();
  private volatile List<Active> active = List.of();

  private record Active(FaultRule rule, @Nullable AtomicLong left) {
    boolean isSpent() {
      return left != null && left.get() <= 0;
    }

    boolean take() {
      return left == null || left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  /// @param ofTheService the kinds that the service will ask for; any other is refused as a mistake
  public FaultRules(Set<String> ofTheService) {
    this(ofTheService, rule -> {});
  }

  /// @param check throws an IllegalArgumentException for a rule that the service could not obey
  public FaultRules(Set<String> ofTheService, Consumer<FaultRule> check) {
    this.ofTheService = Set.copyOf(ofTheService);
    this.check = check;
  }

  /// Puts `{rules: […]}` in the place of all rules of the same setter.
  ///
  /// @param setter where they come from, so that the control topic and a caller leave each other's
  ///   rules alone
  /// @throws IllegalArgumentException which names the rule that cannot be understood; nothing has
  ///   changed then
  public void replace(String setter, JsonNode body) {
    var list = body.get("rules");
    if (list == null || !list.isArray()) throw new IllegalArgumentException("rules must be a list");
    if (list.size() > RULES_MAX) {
      throw new IllegalArgumentException(
          "rules must be at most %d, were %d".formatted(RULES_MAX, list.size()));
    }
    List<Active> rules = new ArrayList<>();
    for (var json : list) rules.add(read(json));
    synchronized (bySetter) {
      bySetter.put(setter, rules);
      active = bySetter.values().stream().flatMap(List::stream).toList();
    }
  }

  /// All rules of a kind that are not spent.
  public List<FaultRule> rules(String kind) {
    return active.stream()
        .filter(one -> one.rule().kind().equals(kind) && !one.isSpent())
        .map(Active::rule)
        .toList();
  }

  /// The first rule of a kind that is about these facts (`orderId` → …), and one time less of it.
  public Optional<FaultRule> take(String kind, Map<String, String> facts) {
    return active.stream()
        .filter(one -> one.rule().kind().equals(kind) && one.rule().isAbout(facts) && one.take())
        .map(Active::rule)
        .findFirst();
  }

  public boolean holdsDeadlines() {
    return !rules(HOLD_DEADLINES).isEmpty();
  }

  public boolean holdsConsuming(String topic) {
    return ofTopic(HOLD_CONSUMING, topic).isPresent();
  }

  public Duration consumeDelay(String topic) {
    return ofTopic(CONSUME_DELAY, topic).map(FaultRules::delay).orElse(Duration.ZERO);
  }

  /// 0 for never.
  public long consumeTwiceEvery(String topic) {
    return ofTopic(CONSUME_TWICE, topic).map(FaultRules::every).orElse(0L);
  }

  private Optional<FaultRule> ofTopic(String kind, String topic) {
    return rules(kind).stream().filter(rule -> topic.equals(rule.text("topic"))).findFirst();
  }

  private Active read(JsonNode json) {
    var kind = json.path("kind").asText();
    if (!OF_THE_MECHANISM.contains(kind) && !ofTheService.contains(kind)) {
      throw new IllegalArgumentException("kind of a rule is not known here: " + json);
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (var field : json.properties()) {
      if (!field.getValue().isValueNode()) {
        throw new IllegalArgumentException(
            "%s of %s must be text or a number".formatted(field.getKey(), kind));
      }
      if (!field.getValue().isNull()) parameters.put(field.getKey(), field.getValue().asText());
    }
    parameters.remove("kind");
    var rule = new FaultRule(kind, parameters);
    check(rule);
    return new Active(rule, times(rule));
  }

  private void check(FaultRule rule) {
    switch (rule.kind()) {
      case CONSUME_DELAY -> {
        requireTopic(rule);
        delay(rule);
      }
      case CONSUME_TWICE -> {
        requireTopic(rule);
        every(rule);
      }
      case HOLD_CONSUMING -> requireTopic(rule);
      case HOLD_DEADLINES -> {}
      default -> check.accept(rule);
    }
  }

  private static void requireTopic(FaultRule rule) {
    if (rule.text("topic") == null) {
      throw new IllegalArgumentException("topic of " + rule.kind() + " is missing");
    }
  }

  private static Duration delay(FaultRule rule) {
    return Duration.ofMillis(rule.number("millis", 0, DELAY_MILLIS_MAX));
  }

  private static long every(FaultRule rule) {
    return rule.number("every", 1, Integer.MAX_VALUE);
  }

  private static @Nullable AtomicLong times(FaultRule rule) {
    return rule.text("times") == null
        ? null
        : new AtomicLong(rule.number("times", 1, Integer.MAX_VALUE));
  }
}
