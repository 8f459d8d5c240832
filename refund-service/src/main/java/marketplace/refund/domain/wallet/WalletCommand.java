package marketplace.refund.domain.wallet;

import marketplace.kernel.RefundId;
import marketplace.refund.domain.Voucher;

/// All that can be asked of a buyer's wallet. None is ever refused: the ledger has decided.
public sealed interface WalletCommand {

  record KeepCredit(RefundId refundId, long amountMinor, String currency)
      implements WalletCommand {}

  record KeepVoucher(RefundId refundId, long amountMinor, String currency, Voucher voucher)
      implements WalletCommand {}
}
