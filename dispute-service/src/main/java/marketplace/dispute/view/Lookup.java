package marketplace.dispute.view;

import java.util.Optional;
import marketplace.dispute.domain.Evidence;
import marketplace.kernel.BuyerId;
import marketplace.kernel.DisputeId;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.OrderId;
import marketplace.kernel.ReturnId;

/// What the service's own tables know of the things that people name by id.
public interface Lookup {
  Optional<OrderId> orderOf(DisputeId disputeId);

  Optional<OrderId> orderOf(ReturnId returnId);

  /// A piece that was uploaded within a day. It may be in a case by now: whoever sends the same
  /// command again is answered the same.
  Optional<Draft> draft(EvidenceId evidenceId);

  record Draft(OrderId orderId, BuyerId buyerId, Evidence.Piece piece) {}
}
