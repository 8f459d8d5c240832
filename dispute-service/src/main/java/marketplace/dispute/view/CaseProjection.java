package marketplace.dispute.view;

import java.util.ArrayList;
import java.util.List;
import marketplace.dispute.domain.AfterSale;
import marketplace.dispute.domain.AfterSale.NotOpened;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.Dispute;
import marketplace.dispute.domain.Evidence;
import marketplace.dispute.domain.Return;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.Projection;
import marketplace.eventsourcing.ViewRow;

/// The rows of one order's cases, those of them that have changed. The window itself is only ever
/// asked for by its order, so it is read from its stream.
public final class CaseProjection implements Projection<AfterSale, AfterSaleEvent> {

  @Override
  public List<ViewRow> rowsFor(Change<AfterSale, AfterSaleEvent> change) {
    return switch (change.after()) {
      case NotOpened() -> List.of();
      case Opened after -> {
        if (after.disputes().isEmpty() && after.returns().isEmpty()) yield List.of();
        List<ViewRow> rows = new ArrayList<>();
        var before = change.before() instanceof Opened o ? o : null;
        for (var dispute : after.disputes()) {
          if (before != null && before.disputes().contains(dispute)) continue;
          rows.add(disputeRow(after, dispute));
          dispute.evidence().forEach(piece -> rows.add(evidenceRow(after, piece)));
        }
        for (var one : after.returns()) {
          if (before != null && before.returns().contains(one)) continue;
          rows.add(returnRow(after, one));
          one.evidence().forEach(piece -> rows.add(evidenceRow(after, piece)));
        }
        yield rows;
      }
    };
  }

  private static ViewRow disputeRow(Opened o, Dispute dispute) {
    var view = DisputeView.of(o, dispute);
    return ViewRow.of(
        CaseTables.DISPUTES,
        dispute.id().value(),
        o.sale().orderId().value(),
        o.sale().buyerId().value(),
        o.sale().sellerId().value(),
        view.state().name(),
        view.openedAt(),
        DisputeView.dueAt(dispute),
        CaseTables.json(view));
  }

  private static ViewRow returnRow(Opened o, Return one) {
    var view = ReturnView.of(o, one);
    return ViewRow.of(
        CaseTables.RETURNS,
        one.id().value(),
        o.sale().orderId().value(),
        o.sale().buyerId().value(),
        o.sale().sellerId().value(),
        view.state().name(),
        view.requestedAt(),
        ReturnView.dueAt(one),
        CaseTables.json(view));
  }

  private static ViewRow evidenceRow(Opened o, Evidence evidence) {
    return ViewRow.of(
        CaseTables.EVIDENCE,
        evidence.piece().evidenceId().value(),
        o.sale().orderId().value(),
        evidence.piece().mediaType());
  }
}
