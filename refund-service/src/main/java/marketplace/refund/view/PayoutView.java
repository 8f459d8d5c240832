package marketplace.refund.view;

import java.time.Instant;
import marketplace.kernel.PayoutCause;
import marketplace.kernel.PayoutId;
import marketplace.refund.domain.LedgerEvent.PayoutReleased;

/// What the seller was paid.
public record PayoutView(
    PayoutId payoutId, long amountMinor, String currency, PayoutCause why, Instant releasedAt) {

  static PayoutView of(PayoutReleased payout) {
    return new PayoutView(
        payout.payoutId(),
        payout.amountMinor(),
        payout.currency(),
        payout.why(),
        payout.releasedAt());
  }
}
