package marketplace.order;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.SellerAccountMessage;
import marketplace.contracts.SellerMessage;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Echoing;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.ServiceRules;
import marketplace.kernel.Policies;
import marketplace.order.domain.Order;
import marketplace.order.domain.OrderCommand;
import marketplace.order.domain.OrderDecider;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.OrderNotices;
import marketplace.order.domain.OrderRejection;
import marketplace.order.domain.buyer.BuyerCommand;
import marketplace.order.domain.buyer.BuyerData;
import marketplace.order.domain.buyer.BuyerDecider;
import marketplace.order.domain.buyer.BuyerEvent;
import marketplace.order.domain.coupon.CouponCommand;
import marketplace.order.domain.coupon.CouponDecider;
import marketplace.order.domain.coupon.CouponEvent;
import marketplace.order.domain.coupon.CouponRejection;
import marketplace.order.domain.coupon.CouponWallet;
import marketplace.order.messaging.OrderCodec;
import marketplace.order.messaging.OrderPublications;
import marketplace.order.process.CouponConsequences;
import marketplace.order.process.OrderReactions;
import marketplace.order.request.AddressBook;
import marketplace.order.request.BuyerRequests;
import marketplace.order.request.Catalogue;
import marketplace.order.request.CouponRequests;
import marketplace.order.request.OrderOperations;
import marketplace.order.request.OrderRequests;
import marketplace.order.view.BuyerTables;
import marketplace.order.view.CouponTable;
import marketplace.order.view.OrderCodes;
import marketplace.order.view.OrderSummaries;

/// All rules of order-service, ready to run anywhere.
public final class OrderRules implements ServiceRules {
  private final Aggregate<OrderCommand, Order, OrderEvent, OrderRejection> orders =
      new Aggregate<>(
          "order",
          new Echoing<>(new OrderDecider(), OrderNotices::echo),
          OrderCodec.codec(),
          new OrderPublications(),
          new OrderSummaries(),
          new CouponConsequences(),
          OrderCodes::of);
  private final Aggregate<CouponCommand, CouponWallet, CouponEvent, CouponRejection> coupons =
      new Aggregate<>(
          CouponConsequences.COUPONS,
          new CouponDecider(),
          OrderCodec.coupons(),
          _ -> Optional.empty(),
          CouponTable::rowsFor,
          _ -> "ILLEGAL_TRANSITION");
  private final Aggregate<BuyerCommand, BuyerData, BuyerEvent, Void> buyers =
      new Aggregate<>(
          BuyerRequests.CATEGORY,
          new BuyerDecider(),
          OrderCodec.buyers(),
          _ -> Optional.empty(),
          BuyerTables::rowsFor,
          _ -> "ILLEGAL_TRANSITION");
  private final Map<String, Operation> operations;

  public OrderRules(Policies policies, Catalogue catalogue, AddressBook addresses) {
    this.operations =
        OrderOperations.of(
            new OrderRequests(policies, catalogue, addresses, orders),
            new CouponRequests(coupons),
            new BuyerRequests(addresses));
  }

  @Override
  public String name() {
    return "order-service";
  }

  @Override
  public List<Aggregate<?, ?, ?, ?>> aggregates() {
    return List.of(orders, coupons, buyers);
  }

  @Override
  public List<Inbound<?>> inbound() {
    return List.of(
        new Inbound<SellerMessage>(
            MessageFamily.SELLER.topic(),
            MessageFamily.SELLER::knows,
            MessageFamily.SELLER::read,
            OrderReactions::reactToSeller),
        new Inbound<SellerAccountMessage>(
            MessageFamily.SELLER_ACCOUNTS.topic(),
            MessageFamily.SELLER_ACCOUNTS::knows,
            MessageFamily.SELLER_ACCOUNTS::read,
            OrderReactions::reactToSellerAccount),
        new Inbound<RefundMessage>(
            MessageFamily.REFUND.topic(),
            MessageFamily.REFUND::knows,
            MessageFamily.REFUND::read,
            OrderReactions::reactToRefund),
        new Inbound<DisputeMessage>(
            MessageFamily.DISPUTE.topic(),
            MessageFamily.DISPUTE::knows,
            MessageFamily.DISPUTE::read,
            OrderReactions::reactToDispute));
  }

  @Override
  public List<String> topics() {
    return List.of(MessageFamily.ORDER.topic());
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }
}
