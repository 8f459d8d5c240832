package marketplace.refund.process;

import java.time.Duration;
import marketplace.kernel.OrderId;
import org.jspecify.annotations.Nullable;

/// What the simulated provider was told to do wrong. Each is a function of the question alone,
/// never of how often somebody has asked, so that a question asked again after a crash has the same
/// answer.
///
/// `orderId` is null where all orders are meant.
public sealed interface ProviderFault {
  @Nullable OrderId orderId();

  /// The first `times` attempts of each refund are refused.
  record Refuses(String code, int times, @Nullable OrderId orderId) implements ProviderFault {}

  /// The first attempt to capture a payment is put off.
  record DelaysCapture(Duration by, @Nullable OrderId orderId) implements ProviderFault {}

  /// Nobody ever hears that a refund has arrived.
  record LosesSettlement(@Nullable OrderId orderId) implements ProviderFault {}

  default boolean isAbout(OrderId order) {
    var only = orderId();
    return only == null || only.equals(order);
  }
}
