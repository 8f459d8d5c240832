package marketplace.dispute.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import marketplace.contracts.ContractJson;
import marketplace.dispute.domain.Sale;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.Policies;

/// Notes that were taken when this service kept nothing but the window. What they never said about
/// an order is filled in such that nothing can be claimed for it: its lines are worth nothing.
final class FirstShapes {
  private static final String NEVER = "9999-12-31T23:59:59.999Z";

  private FirstShapes() {}

  static JsonNode placement(JsonNode first) {
    var now = (ObjectNode) first.deepCopy();
    var sale = now.putObject("sale");
    for (var field : new String[] {"orderId", "buyerId", "sellerId"}) {
      sale.set(field, now.remove(field));
    }
    sale.put("currency", "XXX");
    var lines = sale.putArray("lines");
    for (var units : now.remove("units")) {
      ((ObjectNode) lines.add(units.deepCopy()).get(lines.size() - 1))
          .put("paidMinor", 0)
          .put("returnPolicy", "NONE");
    }
    sale.put("shippingFeeMinor", 0).put("totalMinor", 0).put("cashOnDelivery", false);
    sale.set("terms", ContractJson.mapper().valueToTree(Sale.Terms.of(Policies.STANDARD_72H)));
    return now;
  }

  /// The cause matters to a dispute alone, and there was none.
  static JsonNode cancelled(JsonNode first) {
    return with(first).put("cause", CancellationCause.SELLER_CANCELLED.name());
  }

  static JsonNode shipment(JsonNode first) {
    return with(first).put("trackingNumber", "").put("deliverBy", NEVER);
  }

  static JsonNode delivery(JsonNode first) {
    return with(first).put("confirmed", false).put("dueMinor", 0);
  }

  static JsonNode refund(JsonNode first) {
    return with(first).put("totalRefundedMinor", 0);
  }

  private static ObjectNode with(JsonNode first) {
    return (ObjectNode) first.deepCopy();
  }
}
