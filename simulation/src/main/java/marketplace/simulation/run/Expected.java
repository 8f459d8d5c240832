package marketplace.simulation.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import marketplace.simulation.world.StoredFact;
import org.jspecify.annotations.Nullable;

/// The right answers to ten questions that a stream processor may be asked about a run. They are
/// taken from what the services have *stored*, never from the topics: so they can find a fault in
/// what was published, and in whoever reads it. Times are simulated; hours and days are those of
/// UTC, named by their first instant and their date.
///
/// @param cancellationsPerHour orders cancelled as a whole (`OrderCancelled`)
/// @param requestsByReason `CancellationRequested`
/// @param requestsByOutcome how they ended: APPROVED, DECLINED, TIMED_OUT, WITHDRAWN, OFFER_LAPSED,
///   SHIPPED, OVERTAKEN (by the seller's own cancellation, a missed ship deadline or a ruling),
///   OPEN
/// @param requestsOpenFor48Hours at each full hour at which there were any: requests of 48 hours or
///   more before that had not ended before it
/// @param secondsToRefundByMethod from the request to `RefundIssued`, by the payment method of the
///   refund: the lower median
/// @param refundsPerSellerAndDay number and sum of `RefundIssued`
/// @param moneyHeldAtMidnight captured less refunded less paid out before that midnight, in minor
///   units, from the first midnight after the start until the end
/// @param timeoutsPerSeller `SellerTimedOut`
/// @param disputesPerDay `DisputeOpened`
/// @param paidOutPerSeller `PayoutReleased`, in minor units
public record Expected(
    SortedMap<Instant, Long> cancellationsPerHour,
    SortedMap<String, Long> requestsByReason,
    SortedMap<String, Long> requestsByOutcome,
    SortedMap<Instant, Long> requestsOpenFor48Hours,
    SortedMap<String, Long> secondsToRefundByMethod,
    SortedMap<String, SortedMap<String, Refunds>> refundsPerSellerAndDay,
    SortedMap<Instant, Long> moneyHeldAtMidnight,
    SortedMap<String, Long> timeoutsPerSeller,
    SortedMap<String, Long> disputesPerDay,
    SortedMap<String, Long> paidOutPerSeller) {

  private static final Duration OLD = Duration.ofHours(48);
  private static final String OPEN = "OPEN";

  public record Refunds(long count, long amountMinor) {
    Refunds plus(Refunds other) {
      return new Refunds(count + other.count, amountMinor + other.amountMinor);
    }
  }

  /// @param orders what is stored of each order
  /// @param end of the run
  static Expected of(Iterable<List<StoredFact>> orders, Instant start, Instant end) {
    var reader = new Reader(start, end);
    orders.forEach(reader::readOrder);
    return reader.answers();
  }

  /// Reads order by order and keeps what the answers need, which is little: for who cannot hold all
  /// that is stored.
  public static final class Reader {
    private final Instant start;
    private final Instant end;
    private final SortedMap<Instant, Long> cancellations = new TreeMap<>();
    private final SortedMap<String, Long> reasons = new TreeMap<>();
    private final SortedMap<String, Long> outcomes = new TreeMap<>();
    private final SortedMap<Instant, Long> old = new TreeMap<>();
    private final Map<String, List<Long>> secondsByMethod = new HashMap<>();
    private final SortedMap<String, SortedMap<String, Refunds>> refunds = new TreeMap<>();
    private final SortedMap<Instant, Long> held = new TreeMap<>();
    private final SortedMap<String, Long> timeouts = new TreeMap<>();
    private final SortedMap<String, Long> disputes = new TreeMap<>();
    private final SortedMap<String, Long> paidOut = new TreeMap<>();

    /// @param end of what is read
    public Reader(Instant start, Instant end) {
      this.start = start;
      this.end = end;
    }

    private record Request(Instant at, String reason) {}

    private record Ended(Instant at, String how) {}

    /// One order while what is stored of it is read.
    private static final class Order {
      private final Map<String, Request> requests = new HashMap<>();
      private final Map<String, Ended> ended = new HashMap<>();
      private final Map<String, String> requestBySettlement = new HashMap<>();
      private final List<StoredFact> refunds = new ArrayList<>();
      private String seller = "";
    }

    /// @param facts all that is stored of an order, each stream in its order
    public void readOrder(List<StoredFact> facts) {
      var order = new Order();
      for (var fact : facts) read(order, fact);
      order.requests.forEach((id, request) -> countRequest(request, order.ended.get(id)));
      for (var refund : order.refunds) countRefund(order, refund);
    }

    private void read(Order order, StoredFact fact) {
      var data = fact.data();
      switch (fact.type().replaceFirst("\\.v\\d+$", "")) {
        case "order.placed" -> order.seller = text(data, "sellerId");
        case "order.cancellation-requested" ->
            order.requests.put(
                text(data, "cancellationId"), new Request(fact.time(), text(data, "reason")));
        case "order.units-cancelled" ->
            order.requestBySettlement.put(text(data, "settlementId"), text(data, "cancellationId"));
        case "order.cancelled" -> count(cancellations, fact.time().truncatedTo(ChronoUnit.HOURS));
        case "fulfilment.approved" -> end(order, fact, "cancellationId", "APPROVED");
        case "fulfilment.declined" -> {
          var shipped = text(data, "why").equals("ALREADY_SHIPPED");
          end(order, fact, "cancellationId", shipped ? "SHIPPED" : "DECLINED");
        }
        case "fulfilment.timed-out" -> {
          end(order, fact, "cancellationId", "TIMED_OUT");
          count(timeouts, text(data, "sellerId"));
        }
        case "fulfilment.withdrawn" -> end(order, fact, "cancellationId", "WITHDRAWN");
        case "fulfilment.offer-lapsed" -> end(order, fact, "cancellationId", "OFFER_LAPSED");
        case "fulfilment.dispatched" -> end(order, fact, "closesCancellationId", "SHIPPED");
        case "fulfilment.cancelled", "fulfilment.ship-deadline-missed", "fulfilment.stopped" ->
            end(order, fact, "closesCancellationId", "OVERTAKEN");
        case "ledger.payment-captured" -> hold(fact, data.get("amountMinor").longValue());
        case "ledger.refund-issued" -> {
          hold(fact, -data.get("amountMinor").longValue());
          order.refunds.add(fact);
        }
        case "ledger.payout-released" -> {
          var amount = data.get("amountMinor").longValue();
          hold(fact, -amount);
          paidOut.merge(text(data, "sellerId"), amount, Long::sum);
        }
        case "aftersale.dispute-opened" -> count(disputes, day(fact.time()));
        default -> {}
      }
    }

    private static void end(Order order, StoredFact fact, String field, String how) {
      var request = text(fact.data(), field);
      if (!request.isEmpty()) order.ended.put(request, new Ended(fact.time(), how));
    }

    private void countRequest(Request request, @Nullable Ended ended) {
      count(reasons, request.reason());
      count(outcomes, ended == null ? OPEN : ended.how());
      var closedAt = ended == null ? end.plusMillis(1) : ended.at();
      for (var hour = nextFull(ChronoUnit.HOURS, request.at().plus(OLD));
          hour.isBefore(closedAt) || hour.equals(closedAt);
          hour = hour.plus(1, ChronoUnit.HOURS)) {
        count(old, hour);
      }
    }

    private void countRefund(Order order, StoredFact refund) {
      var data = refund.data();
      refunds
          .computeIfAbsent(order.seller, _ -> new TreeMap<>())
          .merge(
              day(refund.time()),
              new Refunds(1, data.get("amountMinor").longValue()),
              Refunds::plus);
      var request =
          order.requests.get(order.requestBySettlement.getOrDefault(text(data, "causeId"), ""));
      if (request == null) return;
      secondsByMethod
          .computeIfAbsent(text(data, "method"), _ -> new ArrayList<>())
          .add(Duration.between(request.at(), refund.time()).toSeconds());
    }

    /// From the next midnight on.
    private void hold(StoredFact fact, long amountMinor) {
      held.merge(nextFull(ChronoUnit.DAYS, fact.time().plusMillis(1)), amountMinor, Long::sum);
    }

    public Expected answers() {
      SortedMap<Instant, Long> midnights = new TreeMap<>();
      var sum = 0L;
      for (var midnight = nextFull(ChronoUnit.DAYS, start.plusMillis(1));
          !midnight.isAfter(end);
          midnight = midnight.plus(1, ChronoUnit.DAYS)) {
        sum += held.getOrDefault(midnight, 0L);
        midnights.put(midnight, sum);
      }
      SortedMap<String, Long> medians = new TreeMap<>();
      secondsByMethod.forEach((method, seconds) -> {
        var sorted = seconds.stream().sorted().toList();
        medians.put(method, sorted.get((sorted.size() - 1) / 2));
      });
      return new Expected(
          cancellations,
          reasons,
          outcomes,
          old,
          medians,
          refunds,
          midnights,
          timeouts,
          disputes,
          paidOut);
    }

    private static <K> void count(Map<K, Long> counts, K key) {
      counts.merge(key, 1L, Long::sum);
    }

    private static Instant nextFull(ChronoUnit unit, Instant from) {
      var full = from.truncatedTo(unit);
      return full.equals(from) ? full : full.plus(1, unit);
    }

    private static String day(Instant time) {
      return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String text(JsonNode data, String field) {
      return data.path(field).asText("");
    }
  }
}
