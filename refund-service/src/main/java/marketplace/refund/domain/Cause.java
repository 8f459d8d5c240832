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
}
