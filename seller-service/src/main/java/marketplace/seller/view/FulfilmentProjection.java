package marketplace.seller.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import marketplace.contracts.JsonText;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.Projection;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.ViewRow;
import marketplace.kernel.CancellationId;
import marketplace.seller.domain.fulfilment.Fulfilment;
import marketplace.seller.domain.fulfilment.Fulfilment.Announced;
import marketplace.seller.domain.fulfilment.Fulfilment.Opened;
import marketplace.seller.domain.fulfilment.Fulfilment.Unknown;
import marketplace.seller.domain.fulfilment.FulfilmentEvent;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ApprovedBy;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ReviewNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerApproved;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerDeclined;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerNotified;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.WhyDeclined;
import marketplace.seller.domain.fulfilment.Parcel;
import marketplace.seller.domain.fulfilment.Request;
import marketplace.seller.domain.fulfilment.Request.Closed;
import org.jspecify.annotations.Nullable;

/// The rows of one fulfilment: the order itself, the requests and parcels that have changed, its
/// review, and what the seller was told.
public final class FulfilmentProjection implements Projection<Fulfilment, FulfilmentEvent> {

  @Override
  public List<ViewRow> rowsFor(Change<Fulfilment, FulfilmentEvent> change) {
    return switch (change.after()) {
      case Unknown _, Announced _ -> List.of();
      case Opened after -> {
        List<ViewRow> rows = new ArrayList<>();
        rows.add(orderRow(after));
        var before = change.before() instanceof Opened o ? o : null;
        for (var request : after.requests()) {
          if (before == null || !before.requests().contains(request)) {
            rows.add(taskRow(after, request));
          }
        }
        for (var request : after.requests()) {
          if (request.stage() instanceof Closed end && !wasClosed(before, request.id())) {
            rows.add(endRow(after, request.id(), end, change.events()));
          }
        }
        for (var parcel : after.parcels()) {
          if (before == null || before.parcel(parcel.id()).isEmpty()) {
            rows.add(shipmentRow(after, parcel));
          }
        }
        for (var stored : change.events()) {
          switch (stored.event()) {
            case SellerNotified e -> rows.add(NotificationView.of(e).rowFor(e.sellerId()));
            case ReviewNoted e -> rows.add(reviewRow(after, e));
            case FulfilmentEvent _ -> {}
          }
        }
        yield rows;
      }
    };
  }

  private static ViewRow orderRow(Opened o) {
    var open = o.openRequest().map(request -> CancelView.of(o.terms(), request)).orElse(null);
    return ViewRow.of(
        SellerTables.SELLER_ORDERS,
        o.terms().orderId().value(),
        o.terms().sellerId().value(),
        SellerOrderView.state(o).name(),
        open == null ? "NONE" : open.state().name(),
        o.opening().openedAt(),
        o.opening().shipBy(),
        open == null ? null : open.dueAt(),
        new JsonText(SellerOrderView.of(o)));
  }

  private static ViewRow reviewRow(Opened o, ReviewNoted review) {
    return ViewRow.of(
        SellerTables.REVIEWS,
        o.terms().orderId().value(),
        o.terms().sellerId().value(),
        review.stars(),
        review.reviewedAt());
  }

  private static ViewRow taskRow(Opened o, Request request) {
    var view = CancelView.of(o.terms(), request);
    return ViewRow.of(
        SellerTables.CANCELLATION_TASKS,
        request.id().value(),
        o.terms().orderId().value(),
        o.terms().sellerId().value(),
        view.state().name(),
        view.replyBy(),
        new JsonText(view));
  }

  private static boolean wasClosed(@Nullable Opened before, CancellationId id) {
    return before != null && before.request(id).filter(Request::isClosed).isPresent();
  }

  /// How it ended, and where that was the seller's own answer how long it took him.
  private static ViewRow endRow(
      Opened o, CancellationId id, Closed end, List<StoredEvent<FulfilmentEvent>> events) {
    return ViewRow.of(
        SellerTables.REQUEST_ENDS,
        id.value(),
        o.terms().sellerId().value(),
        end.outcome().name(),
        events.stream()
            .flatMap(stored -> replySeconds(stored.event(), id).stream())
            .findFirst()
            .orElse(null),
        end.at());
  }

  private static Optional<Integer> replySeconds(FulfilmentEvent event, CancellationId id) {
    return switch (event) {
      case SellerApproved e when e.cancellationId().equals(id) && e.by() == ApprovedBy.SELLER ->
          Optional.of(e.replySeconds());
      case SellerDeclined e
          when e.cancellationId().equals(id) && e.why() == WhyDeclined.SELLER_REFUSED ->
          Optional.of(e.replySeconds());
      case FulfilmentEvent _ -> Optional.empty();
    };
  }

  /// What never changes; where the parcel is now is read from the stream.
  private static ViewRow shipmentRow(Opened o, Parcel parcel) {
    return ViewRow.of(
        SellerTables.SHIPMENTS,
        parcel.id().value(),
        o.terms().orderId().value(),
        parcel.carrier(),
        parcel.trackingNumber());
  }
}
