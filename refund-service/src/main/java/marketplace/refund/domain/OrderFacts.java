package marketplace.refund.domain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import marketplace.kernel.ShipmentId;
import marketplace.refund.domain.Ledger.Cancellation;
import marketplace.refund.domain.Ledger.Window;
import marketplace.refund.domain.Ledger.WindowOpen;

/// What the ledger has heard of its order beside the money. Others decide it; here it decides what
/// may be done with the money.
///
/// @param version how far the order's stream has been read
/// @param shipments parcels that have left
public record OrderFacts(
    int version, Cancellation cancellation, Window window, Set<ShipmentId> shipments, Cases cases) {
  static final OrderFacts NONE =
      new OrderFacts(0, Cancellation.NONE, new WindowOpen(), Set.of(), Cases.NONE);

  public OrderFacts {
    shipments = Set.copyOf(shipments);
  }

  /// Disputes and returns.
  ///
  /// @param ended by which event, so that the same end told twice is known as such
  public record Cases(Set<UUID> open, Map<UUID, String> ended) {
    static final Cases NONE = new Cases(Set.of(), Map.of());

    public Cases {
      open = Set.copyOf(open);
      ended = Map.copyOf(ended);
    }

    boolean isAnyOpen() {
      return !open.isEmpty();
    }

    boolean knows(UUID caseId) {
      return open.contains(caseId) || ended.containsKey(caseId);
    }

    Optional<String> endOf(UUID caseId) {
      return Optional.ofNullable(ended.get(caseId));
    }
  }

  OrderFacts read(Source source) {
    var read = source.orderVersion();
    return read == null || read <= version
        ? this
        : new OrderFacts(read, cancellation, window, shipments, cases);
  }

  OrderFacts with(Cancellation next) {
    return new OrderFacts(version, next, window, shipments, cases);
  }

  OrderFacts with(Window next) {
    return new OrderFacts(version, cancellation, next, shipments, cases);
  }

  OrderFacts sent(ShipmentId shipmentId) {
    var more = new HashSet<>(shipments);
    more.add(shipmentId);
    return new OrderFacts(version, cancellation, window, more, cases);
  }

  OrderFacts opened(UUID caseId) {
    var open = new HashSet<>(cases.open());
    open.add(caseId);
    return with(new Cases(open, cases.ended()));
  }

  OrderFacts ended(UUID caseId, String by) {
    var open = new HashSet<>(cases.open());
    var ended = new HashMap<>(cases.ended());
    open.remove(caseId);
    ended.put(caseId, by);
    return with(new Cases(open, ended));
  }

  private OrderFacts with(Cases next) {
    return new OrderFacts(version, cancellation, window, shipments, next);
  }
}
