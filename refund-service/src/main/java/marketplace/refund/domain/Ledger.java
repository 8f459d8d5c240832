package marketplace.refund.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import marketplace.kernel.InquiryId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PayoutCause;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.LedgerEvent.PayoutReleased;
import marketplace.refund.domain.LedgerEvent.RefundDenied;
import marketplace.refund.domain.LedgerEvent.RefundHeld;
import org.jspecify.annotations.Nullable;

/// The money of one order. What is due, and to whom, is a function of what is in here.
public sealed interface Ledger {

  record Unopened() implements Ledger {}

  /// @param held causes that wait for the money of an order that is paid on delivery
  record Open(
      Terms terms,
      Accounts accounts,
      List<Payment> payments,
      List<Refund> refunds,
      List<RefundDenied> denials,
      List<RefundHeld> held,
      List<PayoutReleased> payouts,
      OrderFacts order)
      implements Ledger {

    public Open {
      payments = List.copyOf(payments);
      refunds = List.copyOf(refunds);
      denials = List.copyOf(denials);
      held = List.copyOf(held);
      payouts = List.copyOf(payouts);
    }

    static Open under(Terms terms) {
      return new Open(
          terms,
          Accounts.EMPTY,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          OrderFacts.NONE);
    }

    public Cancellation cancellation() {
      return order.cancellation();
    }

    public long capturedMinor() {
      return payments.stream().filter(Payment::captured).mapToLong(Payment::amountMinor).sum();
    }

    public long refundedMinor() {
      return refunds.stream().filter(Refund::issued).mapToLong(Refund::acceptedMinor).sum();
    }

    public long paidOutMinor() {
      return accounts.balance(Account.SELLER);
    }

    public long refundableMinor() {
      return accounts.balance(Account.ESCROW);
    }

    public Optional<Payment> payment(PaymentId id) {
      return only(payments, payment -> payment.paymentId().equals(id));
    }

    /// A new payment begins only when the last one has failed or is voided, so one is enough.
    public Optional<Payment> livePayment() {
      return only(payments, payment -> payment.authorized() || payment.captured());
    }

    /// Refunds follow the method paid with, which need not be the one named with the order.
    PaymentMethod paidWith() {
      return only(payments, Payment::captured).map(Payment::method).orElse(terms.method());
    }

    public Optional<Refund> refund(RefundId id) {
      return only(refunds, refund -> refund.refundId().equals(id));
    }

    public Optional<Refund> refundWith(InquiryId id) {
      return only(refunds, refund -> refund.inquiry(id).isPresent());
    }

    public Optional<RefundHeld> held(Cause cause) {
      return only(held, one -> one.causeType() == cause.type() && one.causeId().equals(cause.id()));
    }

    public Optional<RefundDenied> denial(Cause cause) {
      return only(
          denials,
          denial -> denial.causeType() == cause.type() && denial.causeId().equals(cause.id()));
    }

    /// Has the after-sale window closed, and has the order's stream been read far enough to know
    /// that no refund is still on its way here (domain, section 4.5)?
    public boolean afterSaleClosed() {
      return switch (order.window()) {
        case WindowOpen() -> false;
        case WindowClosing(var afterOrderVersion) -> order.version() >= afterOrderVersion;
      };
    }

    /// Why the rest of the escrow is the seller's; null as long as it is not. An attempt that the
    /// provider has not answered yet goes first.
    @Nullable PayoutCause payoutCause() {
      if (refunds.stream().anyMatch(refund -> refund.stage() instanceof Refund.Requested)) {
        return null;
      }
      if (cancellation() == Cancellation.AFTER_PAYMENT) return PayoutCause.CANCELLATION_KEPT_SHARE;
      return afterSaleClosed() ? PayoutCause.AFTER_SALE_CLOSED : null;
    }

    /// Of an order that is paid on delivery: will nobody hand over cash any more? Nothing that was
    /// sent comes after the window, and nothing of a cancelled order is sent.
    boolean cashCannotCome() {
      return afterSaleClosed() || cancellation() != Cancellation.NONE;
    }

    Open posted(LedgerEvent event) {
      return Posting.of(event).map(posting -> with(accounts.after(posting))).orElse(this);
    }

    Open read(Source source) {
      return with(order.read(source));
    }

    Open with(OrderFacts next) {
      return new Open(terms, accounts, payments, refunds, denials, held, payouts, next);
    }

    Open with(Accounts next) {
      return new Open(terms, next, payments, refunds, denials, held, payouts, order);
    }

    /// Replaces the payment of this id, or adds it.
    Open with(Payment next) {
      var all = replaced(payments, next, one -> one.paymentId().equals(next.paymentId()));
      return new Open(terms, accounts, all, refunds, denials, held, payouts, order);
    }

    /// Replaces the refund of this id, or adds it.
    Open with(Refund next) {
      var all = replaced(refunds, next, one -> one.refundId().equals(next.refundId()));
      return new Open(terms, accounts, payments, all, denials, held, payouts, order);
    }

    Open with(RefundDenied denial) {
      var all = appended(denials, denial);
      return new Open(terms, accounts, payments, refunds, all, held, payouts, order);
    }

    Open hold(RefundHeld one) {
      return withHeld(appended(held, one));
    }

    /// What has come of a cause, whatever it was, is not waited for any more.
    Open release(RefundCause type, UUID id) {
      if (held.isEmpty()) return this;
      return withHeld(
          held.stream()
              .filter(one -> one.causeType() != type || !one.causeId().equals(id))
              .toList());
    }

    private Open withHeld(List<RefundHeld> next) {
      return new Open(terms, accounts, payments, refunds, denials, next, payouts, order);
    }

    Open with(PayoutReleased payout) {
      var all = appended(payouts, payout);
      return new Open(terms, accounts, payments, refunds, denials, held, all, order);
    }

    Open changePayment(PaymentId id, UnaryOperator<Payment> change) {
      return payment(id).map(payment -> with(change.apply(payment))).orElse(this);
    }

    Open changeRefund(RefundId id, UnaryOperator<Refund> change) {
      return refund(id).map(refund -> with(change.apply(refund))).orElse(this);
    }

    private static <T> Optional<T> only(List<T> all, Predicate<T> wanted) {
      return all.stream().filter(wanted).findFirst();
    }

    private static <T> List<T> appended(List<T> all, T next) {
      var result = new ArrayList<>(all);
      result.add(next);
      return result;
    }

    private static <T> List<T> replaced(List<T> all, T next, Predicate<T> same) {
      if (all.stream().noneMatch(same)) return appended(all, next);
      return all.stream().map(one -> same.test(one) ? next : one).toList();
    }
  }

  /// How the order ended, if it was cancelled.
  enum Cancellation {
    NONE,
    /// Nothing was owed to the seller: all that is or will be captured goes back.
    BEFORE_PAYMENT,
    /// What the refunds leave is the seller's.
    AFTER_PAYMENT;

    static Cancellation of(boolean refundAllCaptures) {
      return refundAllCaptures ? BEFORE_PAYMENT : AFTER_PAYMENT;
    }
  }

  sealed interface Window {}

  record WindowOpen() implements Window {}

  record WindowClosing(int afterOrderVersion) implements Window {}
}
