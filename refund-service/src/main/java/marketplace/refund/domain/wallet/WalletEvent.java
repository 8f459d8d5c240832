package marketplace.refund.domain.wallet;

import java.time.Instant;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.Voucher;

/// All that can have happened to a buyer's wallet. Private: the world hears of refunds.
public sealed interface WalletEvent {

  record CreditKept(RefundId refundId, long amountMinor, String currency, Instant keptAt)
      implements WalletEvent {}

  record VoucherKept(
      RefundId refundId, long amountMinor, String currency, Voucher voucher, Instant keptAt)
      implements WalletEvent {}
}
