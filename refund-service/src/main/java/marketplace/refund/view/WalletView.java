package marketplace.refund.view;

import java.time.Instant;
import java.util.List;
import marketplace.eventsourcing.History;
import marketplace.kernel.BuyerId;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.wallet.BuyerWallet;
import marketplace.refund.domain.wallet.WalletEvent;
import marketplace.refund.domain.wallet.WalletEvent.VoucherKept;

/// What refunds have brought a buyer that he keeps here. It is shown, and cannot be spent here.
///
/// @param balances one for each currency; vouchers are no part of it
/// @param entries of the balances, the latest first
/// @param vouchers the latest first
public record WalletView(
    BuyerId buyerId,
    List<BalanceView> balances,
    List<EntryView> entries,
    List<VoucherView> vouchers,
    int version) {

  public record BalanceView(String currency, long amountMinor) {}

  public record EntryView(RefundId refundId, long amountMinor, String currency, Instant at) {}

  public record VoucherView(
      String code,
      RefundId refundId,
      long amountMinor,
      String currency,
      State state,
      Instant issuedAt,
      Instant expiresAt) {

    public enum State {
      VALID,
      EXPIRED
    }

    private static VoucherView of(VoucherKept kept, Instant now) {
      var voucher = kept.voucher();
      return new VoucherView(
          voucher.code(),
          kept.refundId(),
          kept.amountMinor(),
          kept.currency(),
          now.isBefore(voucher.expiresAt()) ? State.VALID : State.EXPIRED,
          kept.keptAt(),
          voucher.expiresAt());
    }
  }

  public static WalletView of(
      BuyerId buyerId, BuyerWallet wallet, History<WalletEvent> history, Instant now) {
    return new WalletView(
        buyerId,
        wallet.balances().entrySet().stream()
            .map(balance -> new BalanceView(balance.getKey(), balance.getValue()))
            .toList(),
        wallet.credits().reversed().stream()
            .map(kept ->
                new EntryView(kept.refundId(), kept.amountMinor(), kept.currency(), kept.keptAt()))
            .toList(),
        wallet.vouchers().reversed().stream().map(kept -> VoucherView.of(kept, now)).toList(),
        history.version());
  }
}
