package marketplace.refund.domain;

import java.time.Instant;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;

/// One attempt of the buyer to pay.
///
/// @param captureAttempts how often the provider was asked for the money
public record Payment(
    PaymentId paymentId, PaymentMethod method, long amountMinor, int captureAttempts, Stage stage) {

  public sealed interface Stage {}

  /// The buyer has agreed; the money is asked for at `captureDueAt`.
  public record Authorized(Instant captureDueAt) implements Stage {}

  /// The provider was asked for the money and has not answered yet.
  public record Capturing() implements Stage {}

  public record Captured() implements Stage {}

  public record Failed(String code) implements Stage {}

  public record Voided() implements Stage {}

  /// Nothing has been decided yet about this money.
  public boolean authorized() {
    return stage instanceof Authorized || stage instanceof Capturing;
  }

  public boolean captured() {
    return stage instanceof Captured;
  }

  /// May it still be taken back? Not once the provider is asked: he may already have the money.
  boolean voidable() {
    return method.voidable() && stage instanceof Authorized;
  }

  Payment in(Stage next) {
    return new Payment(paymentId, method, amountMinor, captureAttempts, next);
  }

  Payment asked() {
    return new Payment(paymentId, method, amountMinor, captureAttempts + 1, new Capturing());
  }
}
