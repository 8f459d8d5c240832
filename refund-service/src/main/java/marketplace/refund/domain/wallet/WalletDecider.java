package marketplace.refund.domain.wallet;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.alreadySo;

import java.time.Instant;
import java.util.Optional;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.refund.domain.wallet.WalletCommand.KeepCredit;
import marketplace.refund.domain.wallet.WalletCommand.KeepVoucher;
import marketplace.refund.domain.wallet.WalletEvent.CreditKept;
import marketplace.refund.domain.wallet.WalletEvent.VoucherKept;

/// A refund comes into a wallet once. There is no reason to refuse it.
public final class WalletDecider implements Decider<WalletCommand, BuyerWallet, WalletEvent, Void> {

  @Override
  public BuyerWallet initialState() {
    return BuyerWallet.EMPTY;
  }

  @Override
  public Decision<WalletEvent, Void> decide(WalletCommand command, BuyerWallet wallet, Instant at) {
    return switch (command) {
      case KeepCredit c when wallet.has(c.refundId()) -> alreadySo();
      case KeepVoucher c when wallet.has(c.refundId()) -> alreadySo();
      case KeepCredit c -> accept(new CreditKept(c.refundId(), c.amountMinor(), c.currency(), at));
      case KeepVoucher c ->
          accept(new VoucherKept(c.refundId(), c.amountMinor(), c.currency(), c.voucher(), at));
    };
  }

  /// Nothing happens when a voucher expires: whoever looks sees it.
  @Override
  public Optional<Deadline<WalletCommand>> nextDeadline(BuyerWallet wallet) {
    return Optional.empty();
  }

  @Override
  public BuyerWallet evolve(BuyerWallet wallet, WalletEvent event) {
    return switch (event) {
      case CreditKept e -> wallet.with(e);
      case VoucherKept e -> wallet.with(e);
    };
  }
}
