package marketplace.refund.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import marketplace.eventsourcing.control.FaultRule;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.kernel.OrderId;
import org.jspecify.annotations.Nullable;

/// The faults that the simulated provider was told to show, read from the service's fault rules.
public final class ProviderScript implements Supplier<List<ProviderFault>> {
  public static final String REFUSES = "PROVIDER_REFUSES";
  public static final String DELAYS_CAPTURE = "PROVIDER_DELAYS_CAPTURE";
  public static final String SETTLEMENT_LOST = "SETTLEMENT_LOST";

  /// Each with its parameters.
  private static final Map<String, Set<String>> KINDS =
      Map.of(
          REFUSES, Set.of("code", "times", "orderId", "rate", "seed"),
          DELAYS_CAPTURE, Set.of("seconds", "orderId", "rate", "seed"),
          SETTLEMENT_LOST, Set.of("orderId", "rate", "seed"));

  private static final int CODE_CHARS_MAX = 100;
  private static final long DELAY_SECONDS_MAX = Duration.ofDays(365).toSeconds();

  private final FaultRules rules;

  public ProviderScript(FaultRules rules) {
    this.rules = rules;
  }

  /// Rules of the mechanism's kinds and of the provider's; what the provider could not obey is
  /// refused when it is set.
  public static FaultRules newRules() {
    return new FaultRules(KINDS, rule -> read(rule));
  }

  @Override
  public List<ProviderFault> get() {
    return Stream.of(REFUSES, DELAYS_CAPTURE, SETTLEMENT_LOST)
        .flatMap(kind -> rules.rules(kind).stream())
        .map(ProviderScript::read)
        .toList();
  }

  private static ProviderFault read(FaultRule rule) {
    return switch (rule.kind()) {
      case REFUSES ->
          new ProviderFault.Refuses(code(rule), times(rule), orderId(rule), rule.chance());
      case DELAYS_CAPTURE ->
          new ProviderFault.DelaysCapture(
              Duration.ofSeconds(rule.number("seconds", 1, DELAY_SECONDS_MAX)),
              orderId(rule),
              rule.chance());
      case SETTLEMENT_LOST -> new ProviderFault.LosesSettlement(orderId(rule), rule.chance());
      default -> throw new IllegalArgumentException("no fault of a provider: " + rule.kind());
    };
  }

  private static String code(FaultRule rule) {
    var code = rule.text("code");
    if (code == null || code.isBlank() || code.length() > CODE_CHARS_MAX) {
      throw rule.wrong("code", "must be 1 to " + CODE_CHARS_MAX + " characters");
    }
    return code;
  }

  /// Without a number the provider refuses for ever.
  private static int times(FaultRule rule) {
    return (int) rule.number("times", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  private static @Nullable OrderId orderId(FaultRule rule) {
    var text = rule.text("orderId");
    try {
      return text == null ? null : OrderId.of(text);
    } catch (IllegalArgumentException _) {
      throw rule.wrong("orderId", "must be a UUID, was " + text);
    }
  }
}
