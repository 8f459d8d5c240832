package marketplace.refund.view;

import java.time.Instant;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.refund.domain.Payment;
import marketplace.refund.domain.Terms;
import org.jspecify.annotations.Nullable;

/// One attempt to pay.
///
/// @param captureDueAt only while authorised
/// @param code the provider's, only where the payment failed
public record PaymentView(
    PaymentId paymentId,
    OrderId orderId,
    PaymentMethod method,
    long amountMinor,
    String currency,
    State state,
    @Nullable Instant captureDueAt,
    @Nullable String code) {

  public enum State {
    AUTHORIZED,
    CAPTURED,
    FAILED,
    VOIDED
  }

  public static PaymentView of(Payment payment, Terms terms) {
    return new PaymentView(
        payment.paymentId(),
        terms.orderId(),
        payment.method(),
        payment.amountMinor(),
        terms.currency(),
        state(payment.stage()),
        payment.stage() instanceof Payment.Authorized(var captureDueAt) ? captureDueAt : null,
        payment.stage() instanceof Payment.Failed(var code) ? code : null);
  }

  private static State state(Payment.Stage stage) {
    return switch (stage) {
      case Payment.Authorized _, Payment.Capturing() -> State.AUTHORIZED;
      case Payment.Captured() -> State.CAPTURED;
      case Payment.Failed _ -> State.FAILED;
      case Payment.Voided() -> State.VOIDED;
    };
  }
}
