package marketplace.order.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundId;
import org.jspecify.annotations.Nullable;

/// The money of an order, as the ledger has told it: nothing is moved here.
///
/// @param keptBySellerMinor what buyers have left to the seller in agreed cancellations
/// @param refundAllCaptures the order was cancelled unpaid, so whatever comes in goes back
public record Funds(
    List<Payment> payments,
    List<Refund> refunds,
    long keptBySellerMinor,
    boolean refundAllCaptures) {
  public static final Funds NONE = new Funds(List.of(), List.of(), 0, false);

  public Funds {
    payments = List.copyOf(payments);
    refunds = List.copyOf(refunds);
  }

  public record Payment(
      PaymentId paymentId, PaymentMethod method, long amountMinor, PaymentState state) {}

  public enum PaymentState {
    AUTHORIZED,
    CAPTURED,
    FAILED,
    VOIDED
  }

  /// What the buyer gets back for one cause.
  ///
  /// @param refundId null until the ledger has named it
  public record Refund(
      RefundCause cause, UUID causeId, @Nullable RefundId refundId, long amountMinor, Stage stage) {
    public enum Stage {
      DUE,
      REQUESTED,
      ISSUED,
      SETTLED,
      DENIED
    }

    Refund at(Stage next) {
      return new Refund(cause, causeId, refundId, amountMinor, next);
    }

    boolean isFor(RefundCause otherCause, UUID otherCauseId) {
      return cause == otherCause && causeId.equals(otherCauseId);
    }
  }

  public boolean anyAuthorized() {
    return payments.stream().anyMatch(payment -> payment.state() == PaymentState.AUTHORIZED);
  }

  /// The payment whose money has come in, if any.
  public Optional<Payment> captured() {
    return payments.stream()
        .filter(payment -> payment.state() == PaymentState.CAPTURED)
        .findFirst();
  }

  public long capturedMinor() {
    return payments.stream()
        .filter(payment -> payment.state() == PaymentState.CAPTURED)
        .mapToLong(Payment::amountMinor)
        .sum();
  }

  public long sumMinor(Predicate<Refund.Stage> stage) {
    return refunds.stream()
        .filter(refund -> stage.test(refund.stage()))
        .mapToLong(Refund::amountMinor)
        .sum();
  }

  /// All that came in has been sent back.
  public boolean fullyRefunded() {
    var refunded = sumMinor(stage -> stage == Refund.Stage.ISSUED || stage == Refund.Stage.SETTLED);
    return refunded > 0 && refunded >= capturedMinor();
  }

  /// Nothing is on its way any more, in or out.
  public boolean quiet() {
    return !anyAuthorized()
        && refunds.stream()
            .allMatch(refund ->
                refund.stage() == Refund.Stage.SETTLED || refund.stage() == Refund.Stage.DENIED);
  }

  Optional<Payment> payment(PaymentId id) {
    return payments.stream().filter(payment -> payment.paymentId().equals(id)).findFirst();
  }

  Optional<Refund> refund(RefundCause cause, UUID causeId) {
    return refunds.stream().filter(refund -> refund.isFor(cause, causeId)).findFirst();
  }

  Optional<Refund> refund(RefundId id) {
    return refunds.stream().filter(refund -> id.equals(refund.refundId())).findFirst();
  }

  Funds with(Payment payment) {
    var all = new ArrayList<>(payments);
    all.removeIf(other -> other.paymentId().equals(payment.paymentId()));
    all.add(payment);
    var known = new Funds(all, refunds, keptBySellerMinor, refundAllCaptures);
    return payment.state() == PaymentState.CAPTURED && refundAllCaptures
        ? known.due(RefundCause.LATE_CAPTURE, payment.paymentId().value(), payment.amountMinor())
        : known;
  }

  Funds ended(PaymentId id, PaymentState state) {
    return payment(id)
        .map(known -> with(new Payment(id, known.method(), known.amountMinor(), state)))
        .orElse(this);
  }

  Funds keep(long minor) {
    return new Funds(payments, refunds, keptBySellerMinor + minor, refundAllCaptures);
  }

  Funds refundAll() {
    var all = new Funds(payments, refunds, keptBySellerMinor, true);
    for (var payment : payments) all = all.with(payment);
    return all;
  }

  /// A refund that the ledger has yet to hear of; one that it has named already stays as it is.
  Funds due(RefundCause cause, UUID causeId, long amountMinor) {
    if (amountMinor == 0 || refund(cause, causeId).isPresent()) return this;
    return with(new Refund(cause, causeId, null, amountMinor, Refund.Stage.DUE));
  }

  Funds with(Refund refund) {
    var all = new ArrayList<>(refunds);
    all.removeIf(other -> other.isFor(refund.cause(), refund.causeId()));
    all.add(refund);
    return new Funds(payments, all, keptBySellerMinor, refundAllCaptures);
  }

  Funds change(Predicate<Refund> which, UnaryOperator<Refund> change) {
    return new Funds(
        payments,
        refunds.stream().map(refund -> which.test(refund) ? change.apply(refund) : refund).toList(),
        keptBySellerMinor,
        refundAllCaptures);
  }
}
