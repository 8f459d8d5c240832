package marketplace.refund.process;

import java.util.List;
import java.util.Objects;
import marketplace.eventsourcing.Consequences;
import marketplace.eventsourcing.Reaction.Step;
import marketplace.eventsourcing.StreamId;
import marketplace.kernel.BuyerId;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundReissued;
import marketplace.refund.domain.LedgerRejection;
import marketplace.refund.domain.wallet.WalletCommand;
import marketplace.refund.domain.wallet.WalletCommand.KeepCredit;
import marketplace.refund.domain.wallet.WalletCommand.KeepVoucher;

/// What a ledger sends to its buyer's wallet: both are stored together, or neither is (domain,
/// section 2).
public final class WalletConsequences implements Consequences<LedgerEvent, LedgerRejection> {
  public static final String WALLETS = "wallet";

  @Override
  public List<Step> of(LedgerEvent event) {
    return switch (event) {
      case RefundIssued e ->
          switch (e.channel()) {
            case ORIGINAL_METHOD -> List.of();
            case WALLET_CREDIT ->
                tell(e.buyerId(), new KeepCredit(e.refundId(), e.amountMinor(), e.currency()));
            case VOUCHER ->
                tell(
                    e.buyerId(),
                    new KeepVoucher(
                        e.refundId(),
                        e.amountMinor(),
                        e.currency(),
                        Objects.requireNonNull(e.voucher())));
          };
      case RefundReissued e ->
          tell(e.buyerId(), new KeepCredit(e.refundId(), e.amountMinor(), e.currency()));
      default -> List.of();
    };
  }

  private static List<Step> tell(BuyerId buyerId, WalletCommand command) {
    return List.of(new Step(streamOf(buyerId), command, true));
  }

  public static StreamId streamOf(BuyerId buyerId) {
    return new StreamId(WALLETS, buyerId.value());
  }

  @Override
  public LedgerRejection inOwnWords(Object refusal) {
    throw new IllegalStateException("a wallet refuses nothing: " + refusal);
  }
}
