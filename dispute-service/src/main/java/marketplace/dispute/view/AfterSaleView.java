package marketplace.dispute.view;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import marketplace.dispute.domain.AfterSale.Closed;
import marketplace.dispute.domain.AfterSale.NoSale;
import marketplace.dispute.domain.AfterSale.Open;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSale.Overdue;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.domain.AfterSaleRejection.TooEarly;
import marketplace.dispute.domain.Rights;
import marketplace.kernel.CaseType;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.LineId;
import marketplace.kernel.OrderId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// The time after a sale as people see it.
///
/// @param afterSaleUntil null once the whole order is cancelled
/// @param why null while the window is open, and where a cancellation has made it void
public record AfterSaleView(
    OrderId orderId,
    boolean windowOpen,
    @Nullable Instant afterSaleUntil,
    @Nullable Why why,
    @Nullable Instant closedAt,
    List<CanDispute> canDispute,
    List<CanReturn> canReturn,
    List<Case> cases) {

  /// May the buyer complain about this, and what could he claim at most? Evidence is not asked for
  /// here.
  ///
  /// @param whyNot the code of the refusal, null where it is allowed
  /// @param from when it is no longer too early, null where it is not about that
  public record CanDispute(
      DisputeReason reason,
      boolean allowed,
      @Nullable String whyNot,
      @Nullable Instant from,
      long maxClaimMinor) {}

  /// May the buyer give these units back because he has changed his mind?
  ///
  /// @param quantity what he has of the line and was not paid back for
  /// @param whyNot the code of the refusal, null where it is allowed
  public record CanReturn(
      LineId lineId,
      int quantity,
      ReturnPolicy policy,
      boolean free,
      boolean allowed,
      @Nullable String whyNot) {}

  public record Case(CaseType type, String caseId, String state) {}

  public static AfterSaleView of(Opened o, Instant now) {
    var closed = o.window() instanceof Closed it ? it : null;
    return new AfterSaleView(
        o.sale().orderId(),
        o.window() instanceof Open,
        until(o),
        closed == null ? null : closed.why(),
        closed == null ? null : closed.closedAt(),
        Arrays.stream(DisputeReason.values()).map(reason -> canDispute(o, reason, now)).toList(),
        o.sale().lines().stream()
            .filter(line -> o.goods().delivered().of(line.lineId()) > 0)
            .map(line -> canReturn(o, line.lineId(), line.returnPolicy()))
            .toList(),
        cases(o));
  }

  /// Where the end has passed, what the window still waits for are facts and cases, not people.
  private static @Nullable Instant until(Opened o) {
    return switch (o.window()) {
      case Open(var until) -> until;
      case Overdue(var until) -> until;
      case Closed closed -> closed.until();
      case NoSale() -> null;
    };
  }

  private static CanDispute canDispute(Opened o, DisputeReason reason, Instant now) {
    var units = Rights.disputable(o, reason, now);
    var refusal = Rights.whyNoDispute(o, reason, units, now);
    var none = units.isEmpty() && refusal.isEmpty();
    var from = refusal.filter(TooEarly.class::isInstance).map(TooEarly.class::cast);
    return new CanDispute(
        reason,
        refusal.isEmpty() && !none,
        none ? "UNITS_NOT_DELIVERED" : refusal.map(Codes::of).orElse(null),
        from.map(TooEarly::from).orElse(null),
        Rights.maxClaimMinor(o, reason, units));
  }

  private static CanReturn canReturn(Opened o, LineId lineId, ReturnPolicy policy) {
    var units = Units.of(lineId, o.goods().delivered().of(lineId));
    var refusal = Rights.whyNoReturn(o, ReturnReason.NO_LONGER_NEEDED, units);
    return new CanReturn(
        lineId,
        units.total(),
        policy,
        Rights.isFree(o, units),
        refusal.isEmpty(),
        refusal.map(Codes::of).orElse(null));
  }

  private static List<Case> cases(Opened o) {
    return Stream.concat(
            o.disputes().stream()
                .map(dispute ->
                    new Case(
                        CaseType.DISPUTE,
                        dispute.id().toString(),
                        DisputeView.state(dispute).name())),
            o.returns().stream()
                .map(one ->
                    new Case(CaseType.RETURN, one.id().toString(), ReturnView.state(one).name())))
        .toList();
  }
}
