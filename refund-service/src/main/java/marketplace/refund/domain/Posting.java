package marketplace.refund.domain;

import java.util.Optional;
import marketplace.kernel.RefundChannel;
import marketplace.refund.domain.LedgerEvent.GoodwillExplained;
import marketplace.refund.domain.LedgerEvent.Noted;
import marketplace.refund.domain.LedgerEvent.PaymentAuthorized;
import marketplace.refund.domain.LedgerEvent.PaymentCaptured;
import marketplace.refund.domain.LedgerEvent.PaymentFailed;
import marketplace.refund.domain.LedgerEvent.PaymentPostponed;
import marketplace.refund.domain.LedgerEvent.PaymentVoided;
import marketplace.refund.domain.LedgerEvent.PayoutReleased;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;
import marketplace.refund.domain.LedgerEvent.RefundAttemptFailed;
import marketplace.refund.domain.LedgerEvent.RefundDenied;
import marketplace.refund.domain.LedgerEvent.RefundInquiryOpened;
import marketplace.refund.domain.LedgerEvent.RefundInquiryResolved;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundReissued;
import marketplace.refund.domain.LedgerEvent.RefundRequested;
import marketplace.refund.domain.LedgerEvent.RefundRerouted;
import marketplace.refund.domain.LedgerEvent.RefundSettled;

/// Money that moves from one account (the debit) to another (the credit).
public record Posting(Account debit, Account credit, long amountMinor) {
  public Posting {
    if (amountMinor <= 0) {
      throw new IllegalArgumentException("a posting must be > 0, was " + amountMinor);
    }
    if (debit == credit) throw new IllegalArgumentException("nothing moves within " + debit);
  }

  /// The table of domain, section 4.3: what an event means for the accounts.
  public static Optional<Posting> of(LedgerEvent event) {
    return switch (event) {
      case PaymentCaptured e ->
          Optional.of(new Posting(Account.OUTSIDE, Account.ESCROW, e.amountMinor()));
      case RefundRequested e ->
          Optional.of(new Posting(Account.ESCROW, Account.ESCROW_RESERVED, e.acceptedMinor()));
      case RefundIssued e ->
          Optional.of(new Posting(Account.ESCROW_RESERVED, receiver(e.channel()), e.amountMinor()));
      case PayoutReleased e ->
          Optional.of(new Posting(Account.ESCROW, Account.SELLER, e.amountMinor()));
      case RefundReissued e ->
          Optional.of(new Posting(Account.OUTSIDE, Account.BUYER_WALLET, e.amountMinor()));
      case Noted _,
          GoodwillExplained _,
          PaymentAuthorized _,
          PaymentFailed _,
          PaymentPostponed _,
          PaymentVoided _,
          ProviderAsked _,
          RefundAttemptFailed _,
          RefundDenied _,
          RefundInquiryOpened _,
          RefundInquiryResolved _,
          RefundRerouted _,
          RefundSettled _ ->
          Optional.empty();
    };
  }

  private static Account receiver(RefundChannel channel) {
    return switch (channel) {
      case ORIGINAL_METHOD -> Account.OUTSIDE;
      case WALLET_CREDIT -> Account.BUYER_WALLET;
      case VOUCHER -> Account.VOUCHERS;
    };
  }
}
