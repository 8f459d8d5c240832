package marketplace.simulation.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import marketplace.contracts.DisputeMessage.DisputeResolved;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.contracts.SellerAccountMessage.SellerPenalised;
import marketplace.contracts.SellerAccountMessage.SellerStandingChanged;
import marketplace.contracts.SellerMessage.SellerCancelled;
import marketplace.contracts.SellerMessage.SellerTimedOut;
import marketplace.contracts.SellerMessage.ShipDeadlineMissed;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.Fault;
import marketplace.kernel.OrderId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerStanding;

/// The sellers' records as the world can add them up (domain, section 11): whatever deserves points
/// gets them once, totals are sums, and standings follow from totals.
public final class PointsAccount {
  private static final Duration COUNTED_FOR = Duration.ofDays(365);

  private final List<Broken> broken = new ArrayList<>();

  /// The causes that have been told of, for each order and code.
  private final Map<Entry, Set<UUID>> deserved = new HashMap<>();

  private final Map<Entry, Integer> given = new HashMap<>();
  private final Map<SellerId, List<SellerPenalised>> records = new HashMap<>();
  private final Map<SellerId, SellerStanding> standings = new HashMap<>();

  /// Penalties about whose seller nothing else was told since: his standing needs no change.
  private final Map<SellerId, SellerPenalised> lastWords = new HashMap<>();

  private record Entry(OrderId orderId, PenaltyCode code) {}

  /// @return what this event has broken
  public List<Broken> watch(Published event) {
    var before = broken.size();
    var itself = event.envelope().id();
    switch (event.message()) {
      case SellerTimedOut e ->
          deserves(e.orderId(), PenaltyCode.REPLY_TIMEOUT, e.cancellationId().value());
      case SellerCancelled e when e.fault() == Fault.SELLER ->
          deserves(e.orderId(), PenaltyCode.SELLER_CANCELLED, itself);
      case ShipDeadlineMissed e -> deserves(e.orderId(), PenaltyCode.SHIP_DEADLINE_MISSED, itself);
      case OrderUnitsCancelled e when isAnswered(e) && e.fault() == Fault.SELLER ->
          deserves(e.orderId(), PenaltyCode.SELLER_FAULT_CANCELLATION, e.settlementId().value());
      case DisputeResolved e when isLost(e) ->
          deserves(e.orderId(), PenaltyCode.DISPUTE_LOST, e.disputeId().value());
      case SellerPenalised e -> penalised(e);
      case SellerStandingChanged e -> changed(e);
      default -> {}
    }
    return List.copyOf(broken.subList(before, broken.size()));
  }

  private static boolean isAnswered(OrderUnitsCancelled e) {
    return switch (e.cause()) {
      case SELLER_APPROVED, AUTO_APPROVED, OFFER_ACCEPTED, SELLER_TIMED_OUT -> true;
      case BUYER_BEFORE_PAYMENT,
          PAYMENT_DEADLINE_MISSED,
          SELLER_CANCELLED,
          SHIP_DEADLINE_MISSED,
          RULING ->
          false;
    };
  }

  private static boolean isLost(DisputeResolved e) {
    return e.fault() == Fault.SELLER
        && (e.how() == DisputeEnd.RULING || e.how() == DisputeEnd.SELLER_SILENT)
        && (e.awardMinor() > 0
            || e.settledBy() == DisputeSettlement.CANCELLATION
            || e.settledBy() == DisputeSettlement.RETURN);
  }

  private void deserves(OrderId orderId, PenaltyCode code, UUID cause) {
    deserved.computeIfAbsent(new Entry(orderId, code), _ -> new HashSet<>()).add(cause);
  }

  private void penalised(SellerPenalised e) {
    given.merge(new Entry(e.orderId(), e.code()), 1, Integer::sum);
    if (e.points() != e.code().points()) {
      report(e.orderId(), "P1", "%d points for %s".formatted(e.points(), e.code()));
    }
    var before = lastWords.put(e.sellerId(), e);
    if (before != null && !standsRight(before)) broken.add(wrongStanding(before));
    var record = records.computeIfAbsent(e.sellerId(), _ -> new ArrayList<>());
    record.add(e);
    var sum = points(record, e.at());
    if (sum != e.pointsTotal()) {
      var detail = "the total is said to be %d, not %d".formatted(e.pointsTotal(), sum);
      report(e.orderId(), "P2", detail);
    }
  }

  private static int points(List<SellerPenalised> record, Instant at) {
    return record.stream()
        .filter(penalty -> at.isBefore(penalty.at().plus(COUNTED_FOR)))
        .mapToInt(SellerPenalised::points)
        .sum();
  }

  private boolean standsRight(SellerPenalised e) {
    return standings.getOrDefault(e.sellerId(), SellerStanding.GOOD)
        == SellerStanding.of(e.pointsTotal());
  }

  private Broken wrongStanding(SellerPenalised e) {
    return new Broken(
        "P3",
        e.sellerId().value(),
        "%s, %d points".formatted(standings.get(e.sellerId()), e.pointsTotal()));
  }

  private void changed(SellerStandingChanged e) {
    lastWords.remove(e.sellerId());
    var sum = points(records.getOrDefault(e.sellerId(), List.of()), e.at());
    var before = standings.put(e.sellerId(), e.standing());
    if (e.standing() == before || e.standing() != SellerStanding.of(sum)) {
      broken.add(
          new Broken(
              "P3",
              e.sellerId().value(),
              "%s with %d points, after %s".formatted(e.standing(), sum, before)));
    }
  }

  /// What must be true once nothing is on its way any more.
  public List<Broken> settled() {
    List<Broken> found = new ArrayList<>(broken);
    Set<Entry> entries = new HashSet<>(deserved.keySet());
    entries.addAll(given.keySet());
    for (var entry : entries) {
      var wanted = deserved.getOrDefault(entry, Set.of()).size();
      var there = given.getOrDefault(entry, 0);
      if (wanted != there) {
        found.add(
            new Broken(
                "P1",
                entry.orderId().value(),
                "%s was deserved %d times and given %d times"
                    .formatted(entry.code(), wanted, there)));
      }
    }
    for (var penalty : lastWords.values()) {
      if (!standsRight(penalty)) found.add(wrongStanding(penalty));
    }
    return found;
  }

  private void report(OrderId orderId, String id, String detail) {
    broken.add(new Broken(id, orderId.value(), detail));
  }
}
