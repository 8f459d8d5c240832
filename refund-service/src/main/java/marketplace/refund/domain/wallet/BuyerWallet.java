package marketplace.refund.domain.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.wallet.WalletEvent.CreditKept;
import marketplace.refund.domain.wallet.WalletEvent.VoucherKept;

/// What one buyer keeps, the oldest first. Nothing can be spent here (domain, section 4.3).
public record BuyerWallet(List<CreditKept> credits, List<VoucherKept> vouchers) {
  static final BuyerWallet EMPTY = new BuyerWallet(List.of(), List.of());

  public BuyerWallet {
    credits = List.copyOf(credits);
    vouchers = List.copyOf(vouchers);
  }

  /// By currency. A voucher is no money.
  public Map<String, Long> balances() {
    var balances = new TreeMap<String, Long>();
    for (var credit : credits) {
      balances.merge(credit.currency(), credit.amountMinor(), Math::addExact);
    }
    return balances;
  }

  boolean has(RefundId refundId) {
    return credits.stream().anyMatch(credit -> credit.refundId().equals(refundId))
        || vouchers.stream().anyMatch(voucher -> voucher.refundId().equals(refundId));
  }

  BuyerWallet with(CreditKept credit) {
    var more = new ArrayList<>(credits);
    more.add(credit);
    return new BuyerWallet(more, vouchers);
  }

  BuyerWallet with(VoucherKept voucher) {
    var more = new ArrayList<>(vouchers);
    more.add(voucher);
    return new BuyerWallet(credits, more);
  }
}
