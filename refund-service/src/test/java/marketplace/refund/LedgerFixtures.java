package marketplace.refund;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PayoutCause;
import marketplace.kernel.PayoutId;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundSettlement;
import marketplace.kernel.SellerId;
import marketplace.refund.domain.Cause;
import marketplace.refund.domain.LedgerCommand.CancelOrder;
import marketplace.refund.domain.LedgerCommand.CauseRefund;
import marketplace.refund.domain.LedgerCommand.CloseAfterSale;
import marketplace.refund.domain.LedgerCommand.Pay;
import marketplace.refund.domain.LedgerEvent.CancellationNoted;
import marketplace.refund.domain.LedgerEvent.ClosingNoted;
import marketplace.refund.domain.LedgerEvent.LedgerOpened;
import marketplace.refund.domain.LedgerEvent.OrderNoted;
import marketplace.refund.domain.LedgerEvent.PaymentAuthorized;
import marketplace.refund.domain.LedgerEvent.PaymentCaptured;
import marketplace.refund.domain.LedgerEvent.PayoutReleased;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;
import marketplace.refund.domain.LedgerEvent.Question;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundRequested;
import marketplace.refund.domain.LedgerEvent.RefundSettled;
import marketplace.refund.domain.Source;
import marketplace.refund.domain.Terms;
import org.jspecify.annotations.Nullable;

/// Ana buys from Lin for 12.34 USD on a Monday at nine.
public final class LedgerFixtures {
  public static final Instant MONDAY_NINE = Instant.parse("2026-01-05T09:00:00Z");
  public static final OrderId ORDER = new OrderId(id(1));
  public static final BuyerId ANA = new BuyerId(id(2));
  public static final SellerId LIN = new SellerId(id(3));
  public static final PaymentId PAYMENT = new PaymentId(id(4));
  public static final PaymentId SECOND_PAYMENT = new PaymentId(id(5));
  public static final Cause SETTLEMENT = new Cause(RefundCause.CANCELLATION, id(6));
  public static final Cause SECOND_SETTLEMENT = new Cause(RefundCause.CANCELLATION, id(7));
  public static final Cause LATE = new Cause(RefundCause.LATE_CAPTURE, PAYMENT.value());
  public static final long TOTAL = 1234;

  public static final LedgerOpened PLACED = opened(PaymentMethod.CARD, RefundSettlement.TYPICAL);
  public static final LedgerOpened PLACED_CASH =
      opened(PaymentMethod.CASH_ON_DELIVERY, RefundSettlement.TYPICAL);
  public static final Source UNITS_CANCELLED = source("OrderUnitsCancelled", 5);
  public static final Source CANCELLED = source("OrderCancelled", 6);
  public static final Source DELIVERED = source("OrderDelivered", 7);
  public static final Source CLOSED = source("AfterSaleClosed", null);
  public static final CancelOrder CANCEL_UNPAID = new CancelOrder(CANCELLED, true);
  public static final CancelOrder CANCEL_PAID = new CancelOrder(CANCELLED, false);
  public static final CancellationNoted CANCELLED_UNPAID = new CancellationNoted(CANCELLED, true);
  public static final CancellationNoted CANCELLED_PAID = new CancellationNoted(CANCELLED, false);

  private LedgerFixtures() {}

  public static LedgerOpened opened(PaymentMethod method, RefundSettlement settlement) {
    return new LedgerOpened(source("OrderPlaced", 1), terms(method, settlement));
  }

  public static Terms terms(PaymentMethod method, RefundSettlement settlement) {
    return new Terms(
        ORDER, ANA, LIN, "USD", TOTAL, method, 3, hours(24), settlement, Duration.ofDays(60));
  }

  public static Pay pay(PaymentMethod method) {
    return new Pay(PAYMENT, ANA, method, TOTAL);
  }

  public static PaymentAuthorized authorized(PaymentMethod method, Instant at, Instant captureDue) {
    return new PaymentAuthorized(PAYMENT, method, TOTAL, "USD", at, captureDue);
  }

  public static ProviderAsked askedToCapture(int attempt, Instant at) {
    return asked(Question.CAPTURE, PAYMENT.value(), attempt, TOTAL, at);
  }

  public static ProviderAsked askedToRefund(Cause cause, int attempt, long amount, Instant at) {
    return asked(Question.REFUND, cause.refundId().value(), attempt, amount, at);
  }

  public static ProviderAsked askedToSettle(Cause cause, long amount, Instant at) {
    return asked(Question.SETTLEMENT, cause.refundId().value(), 1, amount, at);
  }

  private static ProviderAsked asked(
      Question question, UUID subject, int attempt, long amount, Instant at) {
    return new ProviderAsked(
        ProviderAsked.key(question, subject, attempt), question, subject, attempt, amount, at);
  }

  public static PaymentCaptured captured(PaymentMethod method, Instant at) {
    return new PaymentCaptured(PAYMENT, method, TOTAL, "USD", at);
  }

  public static CauseRefund cause(Cause cause, long amount) {
    return new CauseRefund(UNITS_CANCELLED, cause, amount);
  }

  public static OrderNoted noted(Source source) {
    return new OrderNoted(source);
  }

  public static CloseAfterSale close(int afterOrderVersion) {
    return new CloseAfterSale(CLOSED, afterOrderVersion);
  }

  public static ClosingNoted closing(int afterOrderVersion) {
    return new ClosingNoted(CLOSED, afterOrderVersion);
  }

  public static RefundRequested requested(
      Cause cause, long requested, long accepted, RefundChannel channel, Instant at) {
    return new RefundRequested(
        cause.refundId(), cause.type(), cause.id(), requested, accepted, channel, at);
  }

  /// Issued over the original method, at the first attempt, and the only refund so far.
  public static RefundIssued issued(
      Cause cause,
      PaymentMethod method,
      long amount,
      Instant at,
      Instant expected,
      Instant settles) {
    return new RefundIssued(
        cause.refundId(),
        ANA,
        cause.type(),
        cause.id(),
        amount,
        "USD",
        RefundChannel.ORIGINAL_METHOD,
        method,
        null,
        1,
        at,
        expected,
        settles,
        amount,
        TOTAL);
  }

  public static RefundSettled settled(Cause cause, long amount, Instant at) {
    return new RefundSettled(cause.refundId(), amount, at);
  }

  public static PayoutReleased paidOut(long amount, PayoutCause why, Instant at) {
    var name = ORDER + "/" + why + "/1";
    return new PayoutReleased(
        new PayoutId(Ids.nameBased("payout", name)), LIN, amount, "USD", why, at);
  }

  public static Source source(String type, @Nullable Integer orderVersion) {
    return new Source(
        id(100 + type.length() + (orderVersion == null ? 0 : orderVersion)), type, orderVersion);
  }

  public static Instant after(int hours) {
    return MONDAY_NINE.plus(hours(hours));
  }

  public static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  public static UUID id(int number) {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L | number);
  }
}
