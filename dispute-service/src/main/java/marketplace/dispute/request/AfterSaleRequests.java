package marketplace.dispute.request;

import java.util.List;
import java.util.Optional;
import marketplace.dispute.domain.AfterSaleCommand.DraftEvidence;
import marketplace.dispute.domain.Evidence;
import marketplace.dispute.view.AfterSaleView;
import marketplace.dispute.view.CaseTables;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Prepared;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CaseParty;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.OrderId;

/// What may be asked about the time after an order's sale as a whole.
public final class AfterSaleRequests {
  private final Desk desk;

  AfterSaleRequests(Desk desk) {
    this.desk = desk;
  }

  /// What the one who uploads a piece is told.
  public record Uploaded(EvidenceId evidenceId, String sha256) {}

  public Prepared getAfterSale(Call call, String orderId) {
    return desk.look(
        call,
        Checks.id("orderId", orderId, OrderId::of),
        "order",
        (o, now) -> Optional.of(AfterSaleView.of(o, now)));
  }

  /// Keeps a piece for a case that is yet to be opened.
  public Prepared draftEvidence(Call call, String orderId, Upload upload) {
    var actor = Checks.actor(call, CaseParty.BUYER);
    var order = Checks.id("orderId", orderId, OrderId::of);
    var piece = upload.piece();
    return desk.decide(
        call,
        order,
        new DraftEvidence(actor),
        done -> Answer.of(201, uploaded(piece)),
        List.of(CaseTables.draftRow(order, new BuyerId(actor.id()), piece)));
  }

  static Uploaded uploaded(Evidence.Piece piece) {
    return new Uploaded(piece.evidenceId(), piece.sha256());
  }
}
