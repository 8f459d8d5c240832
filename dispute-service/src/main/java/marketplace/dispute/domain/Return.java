package marketplace.dispute.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import marketplace.dispute.domain.AfterSaleEvent.ReturnApproved;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRequested;
import marketplace.kernel.ReturnAcceptance;
import marketplace.kernel.ReturnEnd;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// One return of units (domain, section 8.5).
///
/// @param approval null until it is approved
/// @param trackingNumber null until the buyer has sent the units
public record Return(
    ReturnRequested requested,
    @Nullable ReturnApproved approval,
    @Nullable String trackingNumber,
    List<Evidence> evidence,
    Stage stage) {

  public Return {
    evidence = List.copyOf(evidence);
  }

  public sealed interface Stage {}

  public record UnderReview(Instant reviewBy) implements Stage {}

  public record Approved(Instant shipBackBy) implements Stage {}

  public record InTransit(Instant shippedAt) implements Stage {}

  public record AtSeller(Instant confirmBy) implements Stage {}

  public record Contested(String why) implements Stage {}

  /// @param decidedBy the deadline that has passed, null where somebody decided
  public record Accepted(
      ReturnAcceptance how, long refundMinor, Instant at, @Nullable Instant decidedBy)
      implements Stage {}

  public record Rejected(String why, Instant at) implements Stage {}

  /// @param decidedBy the deadline that has passed, null where somebody decided
  public record Closed(ReturnEnd how, Instant at, @Nullable Instant decidedBy) implements Stage {}

  static Return of(ReturnRequested requested) {
    return new Return(requested, null, null, List.of(), new UnderReview(requested.reviewBy()));
  }

  public ReturnId id() {
    return requested.returnId();
  }

  public Units units() {
    return requested.units();
  }

  /// Did the units never reach the buyer?
  boolean neverReached() {
    return requested.reason() == ReturnReason.DELIVERY_REFUSED;
  }

  public boolean isOpen() {
    return switch (stage) {
      case UnderReview _, Approved _, InTransit _, AtSeller _, Contested _ -> true;
      case Accepted _, Rejected _, Closed _ -> false;
    };
  }

  Return in(Stage next) {
    return new Return(requested, approval, trackingNumber, evidence, next);
  }

  Return approved(ReturnApproved event) {
    return new Return(requested, event, trackingNumber, evidence, new Approved(event.shipBackBy()));
  }

  Return shipped(String number, Instant at) {
    return new Return(requested, approval, number, evidence, new InTransit(at));
  }

  Return with(Evidence piece) {
    var more = new ArrayList<>(evidence);
    more.add(piece);
    return new Return(requested, approval, trackingNumber, more, stage);
  }
}
