package marketplace.order.request;

import java.util.LinkedHashMap;
import java.util.Map;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.Operation.Preparation;
import marketplace.eventsourcing.Prepared;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationId;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;

/// Everything that can be asked of this service about one order or one buyer, by the name it has in
/// the OpenAPI document. Lists are read from tables and exist over HTTP only.
public final class OrderOperations {
  private static final String ORDER = "/v1/orders/{orderId}";
  private static final String CANCELLATION = ORDER + "/cancellations/{cancellationId}";

  private static final String COUPONS = "/v1/buyers/{buyerId}/coupons";

  private OrderOperations() {}

  public static Map<String, Operation> of(
      OrderRequests requests, CouponRequests coupons, BuyerRequests buyers) {
    Map<String, Operation> operations = new LinkedHashMap<>();
    operations.put(
        "placeOrder", post("/v1/orders", (call, _, body) -> requests.placeOrder(call, body)));
    operations.put("getOrder", get(ORDER, requests::getOrder));
    operations.put(
        "changeOrder",
        new Operation(
            "PATCH", ORDER, (call, path, _) -> requests.changeOrder(call, orderId(path))));
    operations.put("getOrderEvents", get(ORDER + "/events", requests::getOrderEvents));
    operations.put(
        "getDeliveryAddress", get(ORDER + "/delivery-address", requests::getDeliveryAddress));
    operations.put(
        "cancellationOptions", get(ORDER + "/cancellation-options", requests::cancellationOptions));
    operations.put(
        "cancellationPreview",
        post(
            ORDER + "/cancellation-preview",
            (call, path, body) -> requests.cancellationPreview(call, orderId(path), body)));
    operations.put(
        "requestCancellation",
        post(
            ORDER + "/cancellations",
            (call, path, body) -> requests.requestCancellation(call, orderId(path), body)));
    operations.put("getCancellations", get(ORDER + "/cancellations", requests::getCancellations));
    operations.put(
        "getCancellation",
        new Operation(
            "GET",
            CANCELLATION,
            (call, path, _) ->
                requests.getCancellation(call, orderId(path), cancellationId(path))));
    operations.put(
        "withdrawCancellation",
        post(
            CANCELLATION + "/withdrawal",
            (call, path, body) ->
                requests.withdrawCancellation(call, orderId(path), cancellationId(path), body)));
    operations.put(
        "answerOffer",
        post(
            CANCELLATION + "/offers/{offerId}/answer",
            (call, path, body) ->
                requests.answerOffer(
                    call,
                    orderId(path),
                    cancellationId(path),
                    OrderRequests.id(path, "offerId", OfferId::new),
                    body)));
    operations.put(
        "confirmReceipt",
        post(
            ORDER + "/receipt",
            (call, path, body) -> requests.confirmReceipt(call, orderId(path), body)));
    operations.put(
        "review",
        post(ORDER + "/review", (call, path, body) -> requests.review(call, orderId(path), body)));
    operations.put(
        "reorder",
        post(
            ORDER + "/reorder", (call, path, body) -> requests.reorder(call, orderId(path), body)));
    operations.put(
        "cancellationReasons",
        new Operation(
            "GET", "/v1/cancellation-reasons", (_, _, _) -> requests.cancellationReasons()));
    operations.put(
        "grantCoupon",
        post(COUPONS, (call, path, body) -> coupons.grantCoupon(call, buyerId(path), body)));
    operations.put(
        "getCoupons",
        new Operation("GET", COUPONS, (call, path, _) -> coupons.getCoupons(call, buyerId(path))));
    operations.put(
        "eraseBuyer",
        post(
            "/v1/buyers/{buyerId}/erasure",
            (call, path, body) -> buyers.erase(call, buyerId(path), body)));
    return operations;
  }

  private interface OfOrder {
    Prepared prepare(Call call, OrderId orderId);
  }

  private static Operation get(String path, OfOrder look) {
    return new Operation(
        "GET", path, (call, parameters, _) -> look.prepare(call, orderId(parameters)));
  }

  private static Operation post(String path, Preparation preparation) {
    return new Operation("POST", path, preparation);
  }

  private static OrderId orderId(Map<String, String> path) {
    return OrderRequests.id(path, "orderId", OrderId::new);
  }

  private static BuyerId buyerId(Map<String, String> path) {
    return OrderRequests.id(path, "buyerId", BuyerId::new);
  }

  private static CancellationId cancellationId(Map<String, String> path) {
    return OrderRequests.id(path, "cancellationId", CancellationId::new);
  }
}
