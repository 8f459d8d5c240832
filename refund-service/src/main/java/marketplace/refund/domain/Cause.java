package marketplace.refund.domain;

import java.util.UUID;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundId;

/// What entitles to a refund. There is at most one refund for each cause, so its id follows from
/// it.
public record Cause(RefundCause type, UUID id) {
  public RefundId refundId() {
    return new RefundId(Ids.nameBased("refund", type + "/" + id));
  }

  /// Is its id the one of a dispute or return, which ends with it?
  boolean endsCase() {
    return switch (type) {
      case DISPUTE, RETURN -> true;
      case CANCELLATION, LATE_CAPTURE, GOODWILL -> false;
    };
  }
}
