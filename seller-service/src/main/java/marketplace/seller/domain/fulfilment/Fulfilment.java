package marketplace.seller.domain.fulfilment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import marketplace.kernel.CancellationId;
import marketplace.kernel.DisputeId;
import marketplace.kernel.NotificationId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// Where the shipping of one order stands.
public sealed interface Fulfilment {

  record Unknown() implements Fulfilment {}

  /// The order was placed; whether it may ever be shipped is open.
  record Announced(Terms terms) implements Fulfilment {}

  /// Ready to ship, or later. Status is a function of the counters.
  ///
  /// @param requests all that ever came, oldest first; at most one is not closed
  /// @param stopped disputes whose ruling has taken units out
  /// @param notified what the seller was told
  record Opened(
      Terms terms,
      Opening opening,
      boolean processing,
      Counts counts,
      List<Request> requests,
      List<Parcel> parcels,
      Set<DisputeId> stopped,
      Set<NotificationId> notified)
      implements Fulfilment {
    public Opened {
      requests = List.copyOf(requests);
      parcels = List.copyOf(parcels);
      stopped = Set.copyOf(stopped);
      notified = Set.copyOf(notified);
    }

    public Optional<Request> request(CancellationId id) {
      return requests.stream().filter(request -> request.id().equals(id)).findFirst();
    }

    public Optional<Request> openRequest() {
      return requests.stream().filter(request -> !request.isClosed()).findFirst();
    }

    public Optional<Parcel> parcel(ShipmentId id) {
      return parcels.stream().filter(parcel -> parcel.id().equals(id)).findFirst();
    }

    /// The request that loses its cover when these units stop being open (domain, section 8.2).
    @Nullable CancellationId uncoveredBy(Units leaving) {
      var left = counts.open().minus(leaving);
      return openRequest()
          .filter(request -> !left.covers(request.asked().units()))
          .map(Request::id)
          .orElse(null);
    }

    Opened inProcessing() {
      return new Opened(terms, opening, true, counts, requests, parcels, stopped, notified);
    }

    Opened with(Counts next) {
      return new Opened(terms, opening, processing, next, requests, parcels, stopped, notified);
    }

    Opened plus(Request request) {
      var next = new ArrayList<>(requests);
      next.add(request);
      return withRequests(next);
    }

    /// Null, or a request that is not here, changes nothing.
    Opened change(@Nullable CancellationId id, UnaryOperator<Request> change) {
      return withRequests(
          requests.stream()
              .map(request -> request.id().equals(id) ? change.apply(request) : request)
              .toList());
    }

    Opened end(@Nullable CancellationId id, Outcome outcome, Instant at) {
      return change(id, request -> request.in(new Request.Ended(outcome, at)));
    }

    Opened plus(Parcel parcel) {
      var next = new ArrayList<>(parcels);
      next.add(parcel);
      return withParcels(next);
    }

    Opened track(ShipmentId id, Tracking tracking, Instant at) {
      return withParcels(
          parcels.stream()
              .map(parcel -> parcel.id().equals(id) ? parcel.seen(tracking, at) : parcel)
              .toList());
    }

    Opened stoppedBy(DisputeId disputeId) {
      var next = new HashSet<>(stopped);
      next.add(disputeId);
      return new Opened(terms, opening, processing, counts, requests, parcels, next, notified);
    }

    Opened told(NotificationId notification) {
      var more = new HashSet<>(notified);
      more.add(notification);
      return new Opened(terms, opening, processing, counts, requests, parcels, stopped, more);
    }

    private Opened withRequests(List<Request> next) {
      return new Opened(terms, opening, processing, counts, next, parcels, stopped, notified);
    }

    private Opened withParcels(List<Parcel> next) {
      return new Opened(terms, opening, processing, counts, requests, next, stopped, notified);
    }
  }

  /// What was fixed when the order became ready to ship.
  ///
  /// @param moneyCaptured false for cash on delivery
  record Opening(
      Instant openedAt, Instant shipBy, Instant autoApproveUntil, boolean moneyCaptured) {}
}
