package marketplace.refund.process;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.LedgerCommand;
import marketplace.refund.domain.LedgerCommand.CaptureAnswer;
import marketplace.refund.domain.LedgerCommand.HearCapture;
import marketplace.refund.domain.LedgerCommand.HearRefund;
import marketplace.refund.domain.LedgerCommand.HearSettlement;
import marketplace.refund.domain.LedgerCommand.RefundAnswer;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;
import marketplace.refund.domain.PaymentProvider;
import marketplace.refund.process.ProviderFault.DelaysCapture;
import marketplace.refund.process.ProviderFault.LosesSettlement;
import marketplace.refund.process.ProviderFault.Refuses;

/// A provider who does what he is asked, at once, unless the script of faults says otherwise. What
/// he remembers is in tables of his own, see `ProviderBooks`.
public final class SimulatedProvider implements PaymentProvider {
  private final Supplier<List<ProviderFault>> script;

  /// @param script the faults in force when a question is asked
  public SimulatedProvider(Supplier<List<ProviderFault>> script) {
    this.script = script;
  }

  @Override
  public Optional<LedgerCommand> answer(OrderId orderId, ProviderAsked asked) {
    return switch (asked.question()) {
      case CAPTURE ->
          Optional.of(
              new HearCapture(new PaymentId(asked.subjectId()), captureAnswer(orderId, asked)));
      case REFUND ->
          Optional.of(
              new HearRefund(
                  new RefundId(asked.subjectId()), asked.attempt(), refundAnswer(orderId, asked)));
      case SETTLEMENT ->
          faults(LosesSettlement.class, orderId, asked).findFirst().isPresent()
              ? Optional.empty()
              : Optional.of(new HearSettlement(new RefundId(asked.subjectId())));
    };
  }

  private CaptureAnswer captureAnswer(OrderId orderId, ProviderAsked asked) {
    return faults(DelaysCapture.class, orderId, asked)
        .filter(fault -> asked.attempt() == 1)
        .findFirst()
        .<CaptureAnswer>map(fault -> new CaptureAnswer.Later(asked.askedAt().plus(fault.by())))
        .orElseGet(CaptureAnswer.Captured::new);
  }

  private RefundAnswer refundAnswer(OrderId orderId, ProviderAsked asked) {
    return faults(Refuses.class, orderId, asked)
        .filter(fault -> asked.attempt() <= fault.times())
        .findFirst()
        .<RefundAnswer>map(fault -> new RefundAnswer.Refused(fault.code()))
        .orElseGet(RefundAnswer.Sent::new);
  }

  private <F extends ProviderFault> Stream<F> faults(
      Class<F> kind, OrderId orderId, ProviderAsked asked) {
    return script.get().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(fault -> fault.isAbout(orderId, asked));
  }
}
