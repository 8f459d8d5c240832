package marketplace.simulation.run;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import marketplace.contracts.DisputeMessage.DisputeOpened;
import marketplace.contracts.OrderMessage.CancellationRequested;
import marketplace.contracts.OrderMessage.OrderCancelled;
import marketplace.contracts.OrderMessage.OrderPlaced;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.contracts.RefundMessage.PaymentCaptured;
import marketplace.contracts.RefundMessage.PayoutReleased;
import marketplace.contracts.RefundMessage.RefundIssued;
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
import marketplace.kernel.OrderId;
import marketplace.kernel.SellerId;
import marketplace.simulation.journal.Published;
import org.jspecify.annotations.Nullable;

/// Somebody who knows nothing but the topics, and answers the same questions as [Expected]: where
/// the two differ, something is wrong with what was published, or with one of them. It wants each
/// event once, in any order.
public final class TopicReader {
  private final Instant start;
  private final Instant end;
  private final Map<OrderId, SellerId> sellers = new HashMap<>();
  private final Map<CancellationId, CancellationRequested> requests = new HashMap<>();
  private final Map<CancellationId, Closing> closings = new HashMap<>();
  private final Map<UUID, CancellationId> bySettlement = new HashMap<>();
  private final List<RefundIssued> refunds = new ArrayList<>();
  private final List<Flow> flows = new ArrayList<>();
  private final List<Instant> cancelled = new ArrayList<>();
  private final List<SellerId> timeouts = new ArrayList<>();
  private final List<Instant> disputes = new ArrayList<>();
  private final List<PayoutReleased> payouts = new ArrayList<>();

  private record Closing(Instant at, String how) {}

  private record Flow(Instant at, long minor) {}

  public TopicReader(Instant start, Instant end) {
    this.start = start;
    this.end = end;
  }

  public void read(Published event) {
    var at = event.envelope().time();
    switch (event.message()) {
      case OrderPlaced it -> sellers.put(it.orderId(), it.sellerId());
      case CancellationRequested it -> requests.put(it.cancellationId(), it);
      case OrderUnitsCancelled it when it.cancellationId() != null ->
          bySettlement.put(it.settlementId().value(), it.cancellationId());
      case OrderCancelled _ -> cancelled.add(at);
      case SellerApproved it -> close(it.cancellationId(), at, "APPROVED");
      case SellerDeclined it ->
          close(
              it.cancellationId(),
              at,
              it.why() == WhyDeclined.ALREADY_SHIPPED ? "SHIPPED" : "DECLINED");
      case SellerTimedOut it -> {
        close(it.cancellationId(), at, "TIMED_OUT");
        timeouts.add(it.sellerId());
      }
      case CancellationWithdrawn it -> close(it.cancellationId(), at, "WITHDRAWN");
      case PartialRefundOfferLapsed it -> close(it.cancellationId(), at, "OFFER_LAPSED");
      case ShipmentDispatched it -> close(it.closesCancellationId(), at, "SHIPPED");
      case SellerCancelled it -> close(it.closesCancellationId(), at, "OVERTAKEN");
      case ShipDeadlineMissed it -> close(it.closesCancellationId(), at, "OVERTAKEN");
      case FulfilmentStopped it -> close(it.closesCancellationId(), at, "OVERTAKEN");
      case PaymentCaptured it -> flows.add(new Flow(at, it.amountMinor()));
      case RefundIssued it -> {
        flows.add(new Flow(at, -it.amountMinor()));
        refunds.add(it);
      }
      case PayoutReleased it -> {
        flows.add(new Flow(at, -it.amountMinor()));
        payouts.add(it);
      }
      case DisputeOpened _ -> disputes.add(at);
      default -> {}
    }
  }

  private void close(@Nullable CancellationId request, Instant at, String how) {
    if (request != null) closings.put(request, new Closing(at, how));
  }

  public Expected answers() {
    SortedMap<Instant, Long> perHour = new TreeMap<>();
    cancelled.forEach(at -> perHour.merge(at.truncatedTo(HOURS), 1L, Long::sum));
    SortedMap<String, Long> reasons = new TreeMap<>();
    SortedMap<String, Long> outcomes = new TreeMap<>();
    requests.forEach((id, request) -> {
      reasons.merge(request.reason().name(), 1L, Long::sum);
      var closing = closings.get(id);
      outcomes.merge(closing == null ? "OPEN" : closing.how(), 1L, Long::sum);
    });
    SortedMap<String, Long> silent = new TreeMap<>();
    timeouts.forEach(seller -> silent.merge(seller.toString(), 1L, Long::sum));
    SortedMap<String, Long> opened = new TreeMap<>();
    disputes.forEach(at -> opened.merge(day(at), 1L, Long::sum));
    SortedMap<String, Long> paid = new TreeMap<>();
    payouts.forEach(
        payout -> paid.merge(payout.sellerId().toString(), payout.amountMinor(), Long::sum));
    return new Expected(
        perHour,
        reasons,
        outcomes,
        openFor48Hours(),
        secondsToRefund(),
        refundsPerSeller(),
        heldAtMidnight(),
        silent,
        opened,
        paid);
  }

  /// Hour by hour, as one would who sees the world go by.
  private SortedMap<Instant, Long> openFor48Hours() {
    SortedMap<Instant, Long> answer = new TreeMap<>();
    for (var hour = start; !hour.isAfter(end); hour = hour.plus(1, HOURS)) {
      var oldest = hour.minus(Duration.ofHours(48));
      var now = hour;
      var open =
          requests.values().stream()
              .filter(request -> !request.requestedAt().isAfter(oldest))
              .filter(request -> {
                var closing = closings.get(request.cancellationId());
                return closing == null || !closing.at().isBefore(now);
              })
              .count();
      if (open > 0) answer.put(hour, open);
    }
    return answer;
  }

  private SortedMap<String, Long> secondsToRefund() {
    Map<String, TreeSet<String>> sorted = new HashMap<>();
    for (var refund : refunds) {
      var request = requests.get(bySettlement.get(refund.causeId()));
      if (request == null) continue;
      var seconds = Duration.between(request.requestedAt(), refund.issuedAt()).toSeconds();
      sorted
          .computeIfAbsent(refund.method().name(), _ -> new TreeSet<>())
          .add("%012d %s".formatted(seconds, refund.refundId()));
    }
    SortedMap<String, Long> answer = new TreeMap<>();
    sorted.forEach((method, all) -> {
      var middle = all.stream().skip((all.size() - 1) / 2).findFirst().orElseThrow();
      answer.put(method, Long.parseLong(middle.substring(0, 12)));
    });
    return answer;
  }

  private SortedMap<String, SortedMap<String, Expected.Refunds>> refundsPerSeller() {
    SortedMap<String, SortedMap<String, Expected.Refunds>> answer = new TreeMap<>();
    for (var refund : refunds) {
      var days =
          answer.computeIfAbsent(
              String.valueOf(sellers.get(refund.orderId())), _ -> new TreeMap<>());
      var before = days.getOrDefault(day(refund.issuedAt()), new Expected.Refunds(0, 0));
      days.put(
          day(refund.issuedAt()),
          new Expected.Refunds(before.count() + 1, before.amountMinor() + refund.amountMinor()));
    }
    return answer;
  }

  private SortedMap<Instant, Long> heldAtMidnight() {
    SortedMap<Instant, Long> answer = new TreeMap<>();
    var midnight = start.truncatedTo(DAYS).plus(1, DAYS);
    for (; !midnight.isAfter(end); midnight = midnight.plus(1, DAYS)) {
      var before = midnight;
      answer.put(
          midnight,
          flows.stream().filter(flow -> flow.at().isBefore(before)).mapToLong(Flow::minor).sum());
    }
    return answer;
  }

  private static String day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
  }
}
