package marketplace.simulation.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import marketplace.dispute.DisputeRules;
import marketplace.dispute.view.CaseTables;
import marketplace.eventsourcing.ServiceRules;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.store.InMemoryEventStore;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationId;
import marketplace.kernel.DisputeId;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.InquiryId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.Policies;
import marketplace.kernel.ProductId;
import marketplace.kernel.RefundId;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ShipmentId;
import marketplace.order.OrderRules;
import marketplace.order.domain.Product;
import marketplace.order.domain.coupon.Coupon;
import marketplace.order.request.AddressBook;
import marketplace.order.request.Catalogue;
import marketplace.order.view.BuyerTables;
import marketplace.order.view.CatalogueTables;
import marketplace.order.view.CouponTable;
import marketplace.order.view.DeliveryAddress;
import marketplace.order.view.OrderSummaries;
import marketplace.order.view.OrderSummary;
import marketplace.refund.RefundRules;
import marketplace.refund.process.ProviderScript;
import marketplace.refund.view.LedgerTables;
import marketplace.seller.SellerRules;
import marketplace.seller.view.Lookup;
import marketplace.seller.view.SellerTables;
import org.jspecify.annotations.Nullable;

/// The rules of the four services, each with its own store to look into.
public final class MemoryServices {
  private MemoryServices() {}

  /// The rules alone, for those who only want to know what can be asked of whom.
  public static List<ServiceRules> rules() {
    var nothing = new InMemoryEventStore(() -> Instant.EPOCH);
    var policies = new Policies();
    return List.of(
        order(policies, nothing),
        seller(policies, nothing),
        refund(policies, nothing, ProviderScript.newRules()),
        dispute(policies, nothing));
  }

  /// What can go wrong in a service, with nothing wrong yet.
  public static FaultRules faultRules(String service) {
    return service.equals("refund-service") ? ProviderScript.newRules() : new FaultRules();
  }

  static ServiceRules order(Policies policies, InMemoryEventStore store) {
    return new OrderRules(policies, new StoredCatalogue(store), new StoredAddresses(store));
  }

  static ServiceRules seller(Policies policies, InMemoryEventStore store) {
    return new SellerRules(policies, new StoredTasks(store));
  }

  static ServiceRules refund(Policies policies, InMemoryEventStore store, FaultRules faults) {
    return new RefundRules(policies, new StoredMoney(store), new ProviderScript(faults));
  }

  static ServiceRules dispute(Policies policies, InMemoryEventStore store) {
    return new DisputeRules(policies, new StoredCases(store));
  }

  private static Optional<List<@Nullable Object>> row(
      InMemoryEventStore store, ViewTable table, UUID... key) {
    return store
        .row(table.name(), Arrays.<@Nullable Object>asList((Object[]) key))
        .map(row -> row.values());
  }

  /// The tables that name an order do so in their second column.
  private static Optional<OrderId> orderIn(InMemoryEventStore store, ViewTable table, UUID key) {
    return row(store, table, key)
        .map(values -> new OrderId((UUID) Objects.requireNonNull(values.get(1))));
  }

  private record StoredCatalogue(InMemoryEventStore store) implements Catalogue {
    @Override
    public List<Product> products(Collection<ProductId> ids) {
      return ids.stream()
          .map(id -> row(store, CatalogueTables.PRODUCTS, id.value()))
          .flatMap(Optional::stream)
          .map(this::product)
          .toList();
    }

    private Product product(List<@Nullable Object> product) {
      var sellerId = (UUID) Objects.requireNonNull(product.get(1));
      return CatalogueTables.product(
          row(store, CatalogueTables.PRICES, (UUID) Objects.requireNonNull(product.getFirst()))
              .map(price -> CatalogueTables.repriced(product, price))
              .orElse(product),
          row(store, CatalogueTables.SELLERS, sellerId).orElse(null),
          row(store, CatalogueTables.STANDINGS, sellerId).orElse(null));
    }

    @Override
    public List<Coupon> coupons(BuyerId buyerId, String code) {
      List<Coupon> coupons = new ArrayList<>();
      for (var row : store.rows(CouponTable.TABLE.name())) {
        if (CouponTable.isUsable(row.values(), buyerId.value(), code)) {
          coupons.add(CouponTable.coupon(row.values()));
        }
      }
      coupons.sort(Comparator.comparing(Coupon::expiresAt));
      return coupons;
    }

    @Override
    public Optional<OrderSummary> order(OrderId id) {
      return row(store, OrderSummaries.TABLE, id.value()).map(OrderSummaries::summary);
    }
  }

  private record StoredAddresses(InMemoryEventStore store) implements AddressBook {
    @Override
    public Optional<DeliveryAddress> find(BuyerId buyerId, AddressId addressId) {
      return row(store, DeliveryAddress.TABLE, addressId.value(), buyerId.value())
          .map(DeliveryAddress::of);
    }

    @Override
    public List<DeliveryAddress> of(BuyerId buyerId) {
      return store.rows(DeliveryAddress.TABLE.name()).stream()
          .map(row -> DeliveryAddress.of(row.values()))
          .filter(address -> address.buyerId().equals(buyerId))
          .toList();
    }

    @Override
    public Optional<Instant> erasedAt(BuyerId buyerId) {
      return row(store, BuyerTables.ERASED, buyerId.value())
          .map(row -> (Instant) Objects.requireNonNull(row.get(1)));
    }
  }

  private static final class StoredTasks implements Lookup {
    private static final int REQUEST_STATE = 3;
    private static final int CARRIER = 2;
    private static final int TRACKING_NUMBER = 3;

    private final InMemoryEventStore store;

    /// Carrier and number of every parcel.
    private final Set<List<@Nullable Object>> numbers = new HashSet<>();

    StoredTasks(InMemoryEventStore store) {
      this.store = store;
      store.onRow(row -> {
        if (row.table().equals(SellerTables.SHIPMENTS)) {
          numbers.add(List.copyOf(row.values().subList(CARRIER, TRACKING_NUMBER + 1)));
        }
      });
    }

    @Override
    public Optional<OrderId> orderOf(CancellationId cancellationId) {
      return orderIn(store, SellerTables.CANCELLATION_TASKS, cancellationId.value());
    }

    @Override
    public Optional<OrderId> orderOf(ShipmentId shipmentId) {
      return orderIn(store, SellerTables.SHIPMENTS, shipmentId.value());
    }

    @Override
    public boolean hasOpenRequest(OrderId orderId) {
      return row(store, SellerTables.SELLER_ORDERS, orderId.value())
          .filter(order -> !"NONE".equals(order.get(REQUEST_STATE)))
          .isPresent();
    }

    @Override
    public boolean isNumberUsed(String carrier, String trackingNumber) {
      return numbers.contains(List.<@Nullable Object>of(carrier, trackingNumber));
    }
  }

  private record StoredCases(InMemoryEventStore store) implements marketplace.dispute.view.Lookup {
    @Override
    public Optional<OrderId> orderOf(DisputeId disputeId) {
      return orderIn(store, CaseTables.DISPUTES, disputeId.value());
    }

    @Override
    public Optional<OrderId> orderOf(ReturnId returnId) {
      return orderIn(store, CaseTables.RETURNS, returnId.value());
    }

    @Override
    public Optional<Draft> draft(EvidenceId evidenceId) {
      return row(store, CaseTables.DRAFTS, evidenceId.value()).map(CaseTables::draft);
    }
  }

  private record StoredMoney(InMemoryEventStore store)
      implements marketplace.refund.request.Lookup {
    @Override
    public Optional<OrderId> orderOf(PaymentId paymentId) {
      return orderIn(store, LedgerTables.PAYMENTS, paymentId.value());
    }

    @Override
    public Optional<OrderId> orderOf(RefundId refundId) {
      return orderIn(store, LedgerTables.REFUNDS, refundId.value());
    }

    @Override
    public Optional<OrderId> orderOf(InquiryId inquiryId) {
      return orderIn(store, LedgerTables.INQUIRIES, inquiryId.value());
    }
  }
}
