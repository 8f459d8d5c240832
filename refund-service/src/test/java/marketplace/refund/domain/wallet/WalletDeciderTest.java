package marketplace.refund.domain.wallet;

import static marketplace.refund.LedgerFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.StreamId;
import marketplace.kernel.BuyerId;
import marketplace.refund.domain.Voucher;
import marketplace.refund.domain.wallet.WalletCommand.KeepCredit;
import marketplace.refund.domain.wallet.WalletCommand.KeepVoucher;
import marketplace.refund.domain.wallet.WalletEvent.CreditKept;
import marketplace.refund.domain.wallet.WalletEvent.VoucherKept;
import marketplace.refund.view.WalletView;
import marketplace.refund.view.WalletView.BalanceView;
import marketplace.refund.view.WalletView.EntryView;
import marketplace.refund.view.WalletView.VoucherView;
import marketplace.testkit.DeciderFixture;
import org.junit.jupiter.api.Test;

class WalletDeciderTest {
  private static final DeciderFixture<WalletCommand, BuyerWallet, WalletEvent, Void> WALLET =
      DeciderFixture.of(new WalletDecider());
  private static final KeepCredit KEEP = new KeepCredit(SETTLEMENT.refundId(), 1000, "USD");
  private static final CreditKept KEPT =
      new CreditKept(SETTLEMENT.refundId(), 1000, "USD", after(1));
  private static final Voucher VOUCHER = new Voucher("V-1", after(48));
  private static final VoucherKept VOUCHER_KEPT =
      new VoucherKept(SECOND_SETTLEMENT.refundId(), 234, "USD", VOUCHER, after(2));

  @Test
  void credit_comes_in_once() {
    WALLET.given().when(KEEP, after(1)).thenEmits(KEPT).when(KEEP, after(2)).thenNothing();
  }

  @Test
  void a_voucher_comes_in_once() {
    var keep = new KeepVoucher(SECOND_SETTLEMENT.refundId(), 234, "USD", VOUCHER);
    var kept = WALLET.given(KEPT).when(keep, after(2)).thenEmits(VOUCHER_KEPT);
    kept.when(keep, after(3)).thenNothing();
    kept.thenNoDeadline();
  }

  @Test
  void the_balance_is_counted_by_currency_and_vouchers_are_no_money() {
    var euros = new CreditKept(LATE.refundId(), 50, "EUR", after(3));
    var wallet = WALLET.given(KEPT, VOUCHER_KEPT, euros).state();
    assertThat(wallet.balances()).hasSize(2).containsEntry("EUR", 50L).containsEntry("USD", 1000L);
  }

  @Test
  void it_is_shown_with_the_latest_first_and_what_has_expired() {
    var euros = new CreditKept(LATE.refundId(), 50, "EUR", after(3));
    var wallet = WALLET.given(KEPT, VOUCHER_KEPT, euros).state();
    var history = new History<WalletEvent>(new StreamId("wallet", ANA.value()), List.of());
    var ana = new BuyerId(ANA.value());
    assertThat(WalletView.of(ana, wallet, history, VOUCHER.expiresAt()))
        .isEqualTo(
            new WalletView(
                ana,
                List.of(new BalanceView("EUR", 50), new BalanceView("USD", 1000)),
                List.of(
                    new EntryView(LATE.refundId(), 50, "EUR", after(3)),
                    new EntryView(SETTLEMENT.refundId(), 1000, "USD", after(1))),
                List.of(
                    new VoucherView(
                        "V-1",
                        SECOND_SETTLEMENT.refundId(),
                        234,
                        "USD",
                        VoucherView.State.EXPIRED,
                        after(2),
                        after(48))),
                0));
    assertThat(WalletView.of(ana, wallet, history, after(47)).vouchers())
        .extracting(VoucherView::state)
        .containsExactly(VoucherView.State.VALID);
  }
}
