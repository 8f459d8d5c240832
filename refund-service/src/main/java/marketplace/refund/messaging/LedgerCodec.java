package marketplace.refund.messaging;

import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.EventCodec;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerEvent.CancellationNoted;
import marketplace.refund.domain.LedgerEvent.CaseEndNoted;
import marketplace.refund.domain.LedgerEvent.CaseOpenNoted;
import marketplace.refund.domain.LedgerEvent.ClosingNoted;
import marketplace.refund.domain.LedgerEvent.GoodwillExplained;
import marketplace.refund.domain.LedgerEvent.LedgerOpened;
import marketplace.refund.domain.LedgerEvent.OrderNoted;
import marketplace.refund.domain.LedgerEvent.PaymentAuthorized;
import marketplace.refund.domain.LedgerEvent.PaymentCaptured;
import marketplace.refund.domain.LedgerEvent.PaymentFailed;
import marketplace.refund.domain.LedgerEvent.PaymentPostponed;
import marketplace.refund.domain.LedgerEvent.PaymentVoided;
import marketplace.refund.domain.LedgerEvent.PayoutReleased;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;
import marketplace.refund.domain.LedgerEvent.RefundAttemptFailed;
import marketplace.refund.domain.LedgerEvent.RefundDenied;
import marketplace.refund.domain.LedgerEvent.RefundHeld;
import marketplace.refund.domain.LedgerEvent.RefundInquiryOpened;
import marketplace.refund.domain.LedgerEvent.RefundInquiryResolved;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundReissued;
import marketplace.refund.domain.LedgerEvent.RefundRequested;
import marketplace.refund.domain.LedgerEvent.RefundRerouted;
import marketplace.refund.domain.LedgerEvent.RefundSettled;
import marketplace.refund.domain.LedgerEvent.ShipmentNoted;
import marketplace.refund.domain.wallet.WalletEvent;
import marketplace.refund.domain.wallet.WalletEvent.CreditKept;
import marketplace.refund.domain.wallet.WalletEvent.VoucherKept;

/// The names of the stored events of ledgers and wallets.
public final class LedgerCodec {
  private LedgerCodec() {}

  public static EventCodec<LedgerEvent> create() {
    return new EventCodec<LedgerEvent>(ContractJson.mapper())
        .writes("ledger.opened.v1", LedgerOpened.class)
        .writes("ledger.order-noted.v1", OrderNoted.class)
        .writes("ledger.cancellation-noted.v1", CancellationNoted.class)
        .writes("ledger.closing-noted.v1", ClosingNoted.class)
        .writes("ledger.shipment-noted.v1", ShipmentNoted.class)
        .writes("ledger.case-open-noted.v1", CaseOpenNoted.class)
        .writes("ledger.case-end-noted.v1", CaseEndNoted.class)
        .writes("ledger.refund-held.v1", RefundHeld.class)
        .writes("ledger.payment-authorized.v1", PaymentAuthorized.class)
        .writes("ledger.provider-asked.v1", ProviderAsked.class)
        .writes("ledger.payment-captured.v1", PaymentCaptured.class)
        .writes("ledger.payment-postponed.v1", PaymentPostponed.class)
        .writes("ledger.payment-failed.v1", PaymentFailed.class)
        .writes("ledger.payment-voided.v1", PaymentVoided.class)
        .writes("ledger.refund-requested.v1", RefundRequested.class)
        .writes("ledger.refund-attempt-failed.v1", RefundAttemptFailed.class)
        .writes("ledger.refund-rerouted.v1", RefundRerouted.class)
        .writes("ledger.refund-issued.v1", RefundIssued.class)
        .writes("ledger.refund-settled.v1", RefundSettled.class)
        .writes("ledger.refund-denied.v1", RefundDenied.class)
        .writes("ledger.goodwill-explained.v1", GoodwillExplained.class)
        .writes("ledger.refund-inquiry-opened.v1", RefundInquiryOpened.class)
        .writes("ledger.refund-inquiry-resolved.v1", RefundInquiryResolved.class)
        .writes("ledger.refund-reissued.v1", RefundReissued.class)
        .writes("ledger.payout-released.v1", PayoutReleased.class);
  }

  /// The names of the stored events of a buyer's wallet.
  public static EventCodec<WalletEvent> wallets() {
    return new EventCodec<WalletEvent>(ContractJson.mapper())
        .writes("wallet.credit-kept.v1", CreditKept.class)
        .writes("wallet.voucher-kept.v1", VoucherKept.class);
  }
}
