package marketplace.simulation.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.CancellationRequested;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.contracts.RefundMessage.RefundIssued;
import marketplace.contracts.RefundMessage.RefundSettled;
import marketplace.contracts.SellerAccountMessage.SellerPenalised;
import marketplace.contracts.SellerMessage.CancellationWithdrawn;
import marketplace.contracts.SellerMessage.FulfilmentStopped;
import marketplace.contracts.SellerMessage.PartialRefundOfferLapsed;
import marketplace.contracts.SellerMessage.SellerApproved;
import marketplace.contracts.SellerMessage.SellerCancelled;
import marketplace.contracts.SellerMessage.SellerDeclined;
import marketplace.contracts.SellerMessage.SellerTimedOut;
import marketplace.contracts.SellerMessage.ShipDeadlineMissed;
import marketplace.contracts.SellerMessage.ShipmentDispatched;
import marketplace.contracts.SellerMessage.WhyDeclined;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.RefundId;
import marketplace.kernel.SilenceOutcome;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.journal.Published;
import org.jspecify.annotations.Nullable;

/// What marketplace people compare, counted over a run or a part of one (domain, section 15.3).
/// Parts add up.
public final class Figures {
  private static final double MILLIS_OF_A_DAY = Duration.ofDays(1).toMillis();

  private long placed;
  private long refused;
  private long sellers;
  private long events;
  private final Map<End, Long> ends = new EnumMap<>(End.class);
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<CancellationReason, Asked> byReason = new TreeMap<>();
  private final List<Duration> toIssued = new ArrayList<>();
  private final List<Duration> toSettled = new ArrayList<>();
  private double minorDaysHeld;
  private long refundedMinor;
  private long disputes;
  private long points;
  private long couponsBack;
  private long couponsLost;

  /// How an order stands when the run is over.
  public enum End {
    COMPLETED,
    CANCELLED,
    OPEN
  }

  /// How a request to cancel has ended.
  public enum Outcome {
    APPROVED,
    AUTO_APPROVED,
    SILENCE_APPROVED,
    OFFER_ACCEPTED,
    DECLINED,
    SILENCE_DECLINED,
    SHIPPED,
    OFFER_LAPSED,
    WITHDRAWN,
    /// By the seller's own cancellation, a missed ship deadline or a ruling.
    OVERTAKEN,
    OPEN
  }

  /// Requests with one reason.
  public record Asked(long requests, long declined) {
    Asked plus(Asked other) {
      return new Asked(requests + other.requests, declined + other.declined);
    }
  }

  static Figures of(Played played) {
    var figures = new Figures();
    for (var order : played.orders()) {
      var id = order.orderId();
      if (id == null) figures.refused++;
      else figures.countOrder(played.journal().of(id));
    }
    figures.sellers = played.sellers().size();
    for (var seller : played.sellers().values()) figures.countPoints(played.journal(), seller);
    return figures;
  }

  /// Adds what another part of the run has counted.
  public void add(Figures other) {
    placed += other.placed;
    refused += other.refused;
    sellers += other.sellers;
    events += other.events;
    other.ends.forEach((end, count) -> ends.merge(end, count, Long::sum));
    other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
    other.byReason.forEach((reason, asked) -> byReason.merge(reason, asked, Asked::plus));
    toIssued.addAll(other.toIssued);
    toSettled.addAll(other.toSettled);
    minorDaysHeld += other.minorDaysHeld;
    refundedMinor += other.refundedMinor;
    disputes += other.disputes;
    points += other.points;
    couponsBack += other.couponsBack;
    couponsLost += other.couponsLost;
  }

  private void countPoints(Journal journal, UUID seller) {
    for (var event : journal.of(seller)) {
      events++;
      if (event.message() instanceof SellerPenalised penalised) points += penalised.points();
    }
  }

  private void countOrder(List<Published> published) {
    placed++;
    events += published.size();
    var order = new OneOrder();
    published.forEach(order::hear);
    ends.merge(order.end, 1L, Long::sum);
    order.requests.forEach((id, request) -> {
      var outcome = order.outcomes.getOrDefault(id, Outcome.OPEN);
      outcomes.merge(outcome, 1L, Long::sum);
      var declined = outcome == Outcome.DECLINED || outcome == Outcome.SILENCE_DECLINED ? 1 : 0;
      byReason.merge(request.reason(), new Asked(1, declined), Asked::plus);
    });
    for (var refund : order.refunds) {
      refundedMinor += refund.amountMinor();
      var request = order.requestBehind(refund);
      if (request == null) continue;
      toIssued.add(Duration.between(request.requestedAt(), refund.issuedAt()));
      var settledAt = order.settledAt.get(refund.refundId());
      if (settledAt == null) continue;
      var held = Duration.between(request.requestedAt(), settledAt);
      toSettled.add(held);
      minorDaysHeld += refund.amountMinor() * (held.toMillis() / MILLIS_OF_A_DAY);
    }
    disputes += order.disputes;
    couponsBack += order.couponsBack;
    couponsLost += order.couponsLost;
  }

  /// One order while its events are read, each stream in its order.
  private static final class OneOrder {
    private final Map<CancellationId, CancellationRequested> requests = new HashMap<>();
    private final Map<CancellationId, Outcome> outcomes = new HashMap<>();
    private final Map<UUID, CancellationId> requestBySettlement = new HashMap<>();
    private final List<RefundIssued> refunds = new ArrayList<>();
    private final Map<RefundId, Instant> settledAt = new HashMap<>();
    private End end = End.OPEN;
    private long disputes;
    private long couponsBack;
    private long couponsLost;

    void hear(Published event) {
      switch (event.message()) {
        case CancellationRequested asked -> requests.put(asked.cancellationId(), asked);
        case OrderUnitsCancelled gone -> {
          var request = gone.cancellationId();
          if (request != null) requestBySettlement.put(gone.settlementId().value(), request);
        }
        case OrderMessage.OrderCancelled _ -> end = End.CANCELLED;
        case OrderMessage.OrderCompleted _ -> end = End.COMPLETED;
        case OrderMessage.CouponRestored _ -> couponsBack++;
        case OrderMessage.CouponForfeited _ -> couponsLost++;
        case SellerApproved approved ->
            end(
                approved.cancellationId(),
                switch (approved.by()) {
                  case SELLER -> Outcome.APPROVED;
                  case AUTO_WINDOW -> Outcome.AUTO_APPROVED;
                  case OFFER_ACCEPTED -> Outcome.OFFER_ACCEPTED;
                });
        case SellerDeclined declined ->
            end(
                declined.cancellationId(),
                declined.why() == WhyDeclined.ALREADY_SHIPPED ? Outcome.SHIPPED : Outcome.DECLINED);
        case SellerTimedOut silent ->
            end(
                silent.cancellationId(),
                silent.outcome() == SilenceOutcome.APPROVE
                    ? Outcome.SILENCE_APPROVED
                    : Outcome.SILENCE_DECLINED);
        case CancellationWithdrawn withdrawn -> end(withdrawn.cancellationId(), Outcome.WITHDRAWN);
        case PartialRefundOfferLapsed lapsed -> end(lapsed.cancellationId(), Outcome.OFFER_LAPSED);
        case ShipmentDispatched shipped -> end(shipped.closesCancellationId(), Outcome.SHIPPED);
        case SellerCancelled gone -> end(gone.closesCancellationId(), Outcome.OVERTAKEN);
        case ShipDeadlineMissed missed -> end(missed.closesCancellationId(), Outcome.OVERTAKEN);
        case FulfilmentStopped stopped -> end(stopped.closesCancellationId(), Outcome.OVERTAKEN);
        case RefundIssued issued -> refunds.add(issued);
        case RefundSettled settled -> settledAt.put(settled.refundId(), settled.settledAt());
        case DisputeMessage.DisputeOpened _ -> disputes++;
        default -> {}
      }
    }

    private void end(@Nullable CancellationId request, Outcome outcome) {
      if (request != null) outcomes.put(request, outcome);
    }

    private @Nullable CancellationRequested requestBehind(RefundIssued refund) {
      var request = requestBySettlement.get(refund.causeId());
      return request == null ? null : requests.get(request);
    }
  }

  // What was counted

  public long placed() {
    return placed;
  }

  public long refused() {
    return refused;
  }

  public long events() {
    return events;
  }

  public Map<End, Long> ends() {
    return Map.copyOf(ends);
  }

  public long requests() {
    return outcomes.values().stream().mapToLong(count -> count).sum();
  }

  public long count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  public long refundedMinor() {
    return refundedMinor;
  }

  public long disputes() {
    return disputes;
  }

  public long points() {
    return points;
  }

  public long couponsBack() {
    return couponsBack;
  }

  public long couponsLost() {
    return couponsLost;
  }

  public Map<CancellationReason, Asked> byReason() {
    return new TreeMap<>(byReason);
  }

  /// Of all requests, from 0 to 1; 0 where there were none.
  public double share(Outcome outcome) {
    return ratio(count(outcome), requests());
  }

  /// In hours; 0 where nothing was refunded.
  ///
  /// @param part of the refunds that took no longer: 0.5 for the median
  public double hoursToIssued(double part) {
    return quantile(toIssued, part);
  }

  public double hoursToSettled(double part) {
    return quantile(toSettled, part);
  }

  /// All that was settled after a request, in hours, the shortest first.
  public List<Double> hoursToSettled() {
    return toSettled.stream().sorted().map(Figures::hours).toList();
  }

  /// Σ amount × days from the request until the buyer has the money, in minor units.
  public double minorDaysHeld() {
    return minorDaysHeld;
  }

  public double disputesPer100Orders() {
    return 100 * ratio(disputes, placed);
  }

  public double pointsPerSeller() {
    return ratio(points, sellers);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static double quantile(List<Duration> durations, double part) {
    if (durations.isEmpty()) return 0;
    var sorted = durations.stream().sorted().toList();
    var place = (int) Math.ceil(part * sorted.size()) - 1;
    return hours(sorted.get(Math.clamp(place, 0, sorted.size() - 1)));
  }

  private static double hours(Duration duration) {
    return duration.toMillis() / (double) Duration.ofHours(1).toMillis();
  }
}
