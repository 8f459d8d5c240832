package marketplace.seller.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import marketplace.kernel.BuyerId;
import marketplace.kernel.LineId;
import marketplace.kernel.OrderId;
import marketplace.kernel.SellerId;
import marketplace.seller.domain.fulfilment.Counts;
import marketplace.seller.domain.fulfilment.Fulfilment.Opened;
import marketplace.seller.domain.fulfilment.Request;
import org.jspecify.annotations.Nullable;

/// An order as its seller sees it, once it is ready to ship.
///
/// @param secondsToShip null where nothing is left to ship
/// @param request the open one, else the last that came, else null
public record SellerOrderView(
    OrderId orderId,
    SellerId sellerId,
    BuyerId buyerId,
    State state,
    List<LineView> lines,
    boolean processing,
    boolean cashOnDelivery,
    Instant openedAt,
    Instant shipBy,
    @Nullable Long secondsToShip,
    List<ShipmentView> shipments,
    @Nullable CancelView request,
    List<SellerAction> actions,
    String policyId) {

  public enum State {
    TO_SHIP,
    /// Nothing is left to ship, and something is still on its way.
    SHIPPED,
    CLOSED
  }

  public record LineView(LineId lineId, int open, int shipped, int cancelled) {}

  /// Without what depends on the moment of looking.
  static SellerOrderView of(Opened o) {
    return new SellerOrderView(
        o.terms().orderId(),
        o.terms().sellerId(),
        o.terms().buyerId(),
        state(o),
        lines(o.counts()),
        o.processing(),
        !o.opening().moneyCaptured(),
        o.opening().openedAt(),
        o.opening().shipBy(),
        null,
        o.parcels().stream().map(parcel -> ShipmentView.of(o.terms(), parcel)).toList(),
        shown(o).map(request -> CancelView.of(o.terms(), request)).orElse(null),
        SellerAction.of(o),
        o.terms().policyId());
  }

  public static SellerOrderView of(Opened o, Instant now) {
    return of(o).at(now);
  }

  /// As it looks at this instant.
  public SellerOrderView at(Instant now) {
    return new SellerOrderView(
        orderId,
        sellerId,
        buyerId,
        state,
        lines,
        processing,
        cashOnDelivery,
        openedAt,
        shipBy,
        state == State.TO_SHIP ? Math.max(0, Duration.between(now, shipBy).toSeconds()) : null,
        shipments,
        request == null ? null : request.at(now),
        actions,
        policyId);
  }

  static State state(Opened o) {
    if (!o.counts().open().isEmpty()) return State.TO_SHIP;
    var underWay = o.parcels().stream().anyMatch(parcel -> !parcel.tracking().isFinal());
    return underWay ? State.SHIPPED : State.CLOSED;
  }

  private static List<LineView> lines(Counts counts) {
    return counts.ordered().lines().stream()
        .map(line ->
            new LineView(
                line.lineId(),
                counts.open().of(line.lineId()),
                counts.shipped().of(line.lineId()),
                counts.cancelled().of(line.lineId())))
        .toList();
  }

  private static Optional<Request> shown(Opened o) {
    return o.openRequest()
        .or(() -> o.requests().isEmpty() ? Optional.empty() : Optional.of(o.requests().getLast()));
  }
}
