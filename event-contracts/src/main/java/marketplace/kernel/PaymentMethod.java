package marketplace.kernel;

import java.time.Duration;
import java.util.Optional;

/// How an order is paid, and with it how and when a refund arrives (domain, section 4.2).
public enum PaymentMethod {
  CARD(Capture.AT_ONCE, Duration.ZERO, RefundChannel.ORIGINAL_METHOD, true, 3, 5, 20),
  PAYPAL(Capture.AT_ONCE, Duration.ZERO, RefundChannel.ORIGINAL_METHOD, true, 3, 3, 20),
  APPLE_PAY(Capture.AT_ONCE, Duration.ZERO, RefundChannel.ORIGINAL_METHOD, true, 3, 5, 20),
  WALLET(Capture.AT_ONCE, Duration.ZERO, RefundChannel.ORIGINAL_METHOD, true, 0, 0, 0),
  CASH(Capture.LATER, Duration.ofHours(2), RefundChannel.WALLET_CREDIT, false, 0, 0, 0),
  WESTERN_UNION(Capture.LATER, Duration.ofDays(1), RefundChannel.WALLET_CREDIT, false, 0, 0, 0),
  BANK_TRANSFER(Capture.LATER, Duration.ofDays(1), RefundChannel.WALLET_CREDIT, false, 0, 0, 0),
  CASH_ON_DELIVERY(Capture.ON_DELIVERY, Duration.ZERO, RefundChannel.VOUCHER, false, 0, 0, 0);

  /// When the money of an authorised payment comes in.
  public enum Capture {
    AT_ONCE,
    LATER,
    ON_DELIVERY
  }

  private final Capture capture;
  private final Duration captureAfter;
  private final RefundChannel channel;
  private final boolean voidable;
  private final int settlesMin;
  private final int settlesTypical;
  private final int settlesMax;

  PaymentMethod(
      Capture capture,
      Duration captureAfter,
      RefundChannel channel,
      boolean voidable,
      int settlesMin,
      int settlesTypical,
      int settlesMax) {
    this.capture = capture;
    this.captureAfter = captureAfter;
    this.channel = channel;
    this.voidable = voidable;
    this.settlesMin = settlesMin;
    this.settlesTypical = settlesTypical;
    this.settlesMax = settlesMax;
  }

  public Capture capture() {
    return capture;
  }

  /// From authorising to capturing; empty for what is collected on delivery.
  public Optional<Duration> captureAfter() {
    return capture == Capture.ON_DELIVERY ? Optional.empty() : Optional.of(captureAfter);
  }

  public boolean prepaid() {
    return capture != Capture.ON_DELIVERY;
  }

  public RefundChannel channel() {
    return channel;
  }

  /// May an authorisation be taken back? Where not, the money is already on its way.
  public boolean voidable() {
    return voidable;
  }

  /// Business days from issuing a refund to its arrival: shortest, usual, longest.
  public int settlesMin() {
    return settlesMin;
  }

  public int settlesTypical() {
    return settlesTypical;
  }

  public int settlesMax() {
    return settlesMax;
  }
}
