package marketplace.refund.view;

import java.time.Instant;
import java.util.List;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.Voucher;
import marketplace.refund.domain.wallet.BuyerWallet;
import marketplace.refund.domain.wallet.WalletEvent;
import marketplace.refund.domain.wallet.WalletEvent.CreditKept;
import marketplace.refund.domain.wallet.WalletEvent.VoucherKept;
import org.jspecify.annotations.Nullable;

/// The wallets of all buyers as rows: what `/v1/invariants` holds against the ledgers' postings.
public final class WalletEntries {
  public static final ViewTable TABLE =
      LedgerTables.table(
          "wallet_entries",
          1,
          "refund_id uuid",
          "buyer_id uuid",
          "amount_minor bigint",
          "currency text",
          "kept_at timestamptz",
          "voucher_code text",
          "voucher_expires_at timestamptz");

  private WalletEntries() {}

  public static List<ViewRow> rowsFor(Change<BuyerWallet, WalletEvent> change) {
    return change.events().stream().map(WalletEntries::row).toList();
  }

  private static ViewRow row(StoredEvent<WalletEvent> stored) {
    return switch (stored.event()) {
      case CreditKept e ->
          row(stored, e.refundId(), e.amountMinor(), e.currency(), e.keptAt(), null);
      case VoucherKept e ->
          row(stored, e.refundId(), e.amountMinor(), e.currency(), e.keptAt(), e.voucher());
    };
  }

  private static ViewRow row(
      StoredEvent<WalletEvent> stored,
      RefundId refundId,
      long amountMinor,
      String currency,
      Instant keptAt,
      @Nullable Voucher voucher) {
    return ViewRow.of(
        TABLE,
        refundId.value(),
        stored.stream().id(),
        amountMinor,
        currency,
        keptAt,
        voucher == null ? null : voucher.code(),
        voucher == null ? null : voucher.expiresAt());
  }
}
