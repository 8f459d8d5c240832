package marketplace.refund.view;

import java.time.Instant;
import java.util.List;
import marketplace.kernel.OrderId;
import marketplace.refund.domain.Ledger.Open;
import org.jspecify.annotations.Nullable;

/// The Payment tab of an order: what was paid, and where each refund is.
///
/// @param captured, refundable, refunded in minor units of `currency`
/// @param payout null as long as the seller has not been paid
public record PaymentTab(
    OrderId orderId,
    String currency,
    long captured,
    long refundable,
    long refunded,
    List<PaymentView> payments,
    List<RefundView> refunds,
    @Nullable PayoutView payout,
    int version,
    int publishedVersion) {

  public static PaymentTab of(Open ledger, Instant now, int version, int publishedVersion) {
    var terms = ledger.terms();
    return new PaymentTab(
        terms.orderId(),
        terms.currency(),
        ledger.capturedMinor(),
        ledger.refundableMinor(),
        ledger.refundedMinor(),
        ledger.payments().stream().map(payment -> PaymentView.of(payment, terms)).toList(),
        ledger.refunds().stream().map(refund -> RefundView.of(refund, terms, now)).toList(),
        ledger.payouts().isEmpty() ? null : PayoutView.of(ledger.payouts().getLast()),
        version,
        publishedVersion);
  }
}
