package marketplace.refund.process;

import java.time.Duration;
import marketplace.eventsourcing.control.Chance;
import marketplace.kernel.OrderId;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;
import org.jspecify.annotations.Nullable;

/// What the simulated provider was told to do wrong. Each is a function of the question alone,
/// never of how often somebody has asked, so that a question asked again after a crash has the same
/// answer.
///
/// `orderId` is null where all orders are meant. `chance` chooses among the payments and refunds:
/// one that is hit is hit at each attempt that the fault is about.
public sealed interface ProviderFault {
  @Nullable OrderId orderId();

  Chance chance();

  /// The first `times` attempts of each refund are refused.
  record Refuses(String code, int times, @Nullable OrderId orderId, Chance chance)
      implements ProviderFault {
    public Refuses(String code, int times, @Nullable OrderId orderId) {
      this(code, times, orderId, Chance.ALWAYS);
    }
  }

  /// The first attempt to capture a payment is put off.
  record DelaysCapture(Duration by, @Nullable OrderId orderId, Chance chance)
      implements ProviderFault {
    public DelaysCapture(Duration by, @Nullable OrderId orderId) {
      this(by, orderId, Chance.ALWAYS);
    }
  }

  /// Nobody ever hears that a refund has arrived.
  record LosesSettlement(@Nullable OrderId orderId, Chance chance) implements ProviderFault {
    public LosesSettlement(@Nullable OrderId orderId) {
      this(orderId, Chance.ALWAYS);
    }
  }

  default boolean isAbout(OrderId order, ProviderAsked asked) {
    var only = orderId();
    return (only == null || only.equals(order))
        && chance().hits(asked.question() + ":" + asked.subjectId());
  }
}
