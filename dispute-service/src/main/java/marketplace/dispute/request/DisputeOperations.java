package marketplace.dispute.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import marketplace.dispute.domain.AfterSale;
import marketplace.dispute.domain.AfterSaleCommand;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.AfterSaleRejection;
import marketplace.dispute.view.Lookup;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.Prepared;
import marketplace.kernel.EvidenceId;

/// Everything that can be asked of this service, by name.
public final class DisputeOperations {
  private static final String DISPUTE = "/v1/disputes/{disputeId}";
  private static final String RETURN = "/v1/returns/{returnId}";

  private final AfterSaleRequests afterSale;
  private final DisputeRequests disputes;
  private final ReturnRequests returns;

  public DisputeOperations(
      Aggregate<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection> aggregate,
      Lookup lookup) {
    var desk = new Desk(aggregate, lookup);
    afterSale = new AfterSaleRequests(desk);
    disputes = new DisputeRequests(desk);
    returns = new ReturnRequests(desk);
  }

  public AfterSaleRequests afterSale() {
    return afterSale;
  }

  public DisputeRequests disputes() {
    return disputes;
  }

  public ReturnRequests returns() {
    return returns;
  }

  public Map<String, Operation> byName() {
    Map<String, Operation> all = new LinkedHashMap<>();
    var order = "/v1/orders/{orderId}";
    all.put("getAfterSale", get(order + "/after-sale", "orderId", afterSale::getAfterSale));
    all.put(
        "draftEvidence", upload(order + "/evidence-drafts", "orderId", afterSale::draftEvidence));

    all.put(
        "openDispute",
        post(
            "/v1/disputes",
            "",
            Bodies.NewDispute.class,
            (call, id, body) -> disputes.openDispute(call, body)));
    all.put("getDispute", get(DISPUTE, "disputeId", disputes::getDispute));
    all.put("acceptClaim", dispute("/acceptance", Bodies.Nothing.class, disputes::acceptClaim));
    all.put("rejectClaim", dispute("/rejection", Bodies.Comment.class, disputes::rejectClaim));
    all.put("makeDisputeOffer", dispute("/offers", Bodies.NewOffer.class, disputes::makeOffer));
    all.put(
        "answerDisputeOffer",
        new Operation(
            "POST",
            DISPUTE + "/offers/{offerId}/answer",
            (call, parameters, body) ->
                disputes.answerOffer(
                    call,
                    parameters.getOrDefault("disputeId", ""),
                    parameters.getOrDefault("offerId", ""),
                    Bodies.read(body, Bodies.Answer.class))));
    all.put("escalateDispute", dispute("/escalation", Bodies.Nothing.class, disputes::escalate));
    all.put("withdrawDispute", dispute("/withdrawal", Bodies.Nothing.class, disputes::withdraw));
    all.put("ruleDispute", dispute("/ruling", Bodies.Ruling.class, disputes::rule));
    all.put(
        "addDisputeEvidence", upload(DISPUTE + "/evidence", "disputeId", disputes::addEvidence));

    all.put(
        "requestReturn",
        post(
            "/v1/returns",
            "",
            Bodies.NewReturn.class,
            (call, id, body) -> returns.requestReturn(call, body)));
    all.put("getReturn", get(RETURN, "returnId", returns::getReturn));
    all.put("getReturnLabel", get(RETURN + "/label", "returnId", returns::getLabel));
    all.put("approveReturn", giveBack("/approval", Bodies.Approval.class, returns::approve));
    all.put("rejectReturn", giveBack("/rejection", Bodies.Why.class, returns::reject));
    all.put("shipBack", giveBack("/shipment", Bodies.Shipment.class, returns::shipBack));
    all.put("deliverReturn", giveBack("/delivery", Bodies.Delivery.class, returns::deliver));
    all.put("confirmReturn", giveBack("/confirmation", Bodies.Nothing.class, returns::confirm));
    all.put("contestReturn", giveBack("/contest", Bodies.Why.class, returns::contest));
    all.put("ruleReturn", giveBack("/ruling", Bodies.ReturnRuling.class, returns::rule));
    all.put("withdrawReturn", giveBack("/withdrawal", Bodies.Nothing.class, returns::withdraw));
    all.put("addReturnEvidence", upload(RETURN + "/evidence", "returnId", returns::addEvidence));
    return all;
  }

  @FunctionalInterface
  private interface Post<B> {
    Prepared prepare(Call call, String id, B body);
  }

  private static <B> Operation dispute(String path, Class<B> type, Post<B> preparation) {
    return post(DISPUTE + path, "disputeId", type, preparation);
  }

  private static <B> Operation giveBack(String path, Class<B> type, Post<B> preparation) {
    return post(RETURN + path, "returnId", type, preparation);
  }

  private static Operation get(
      String path, String parameter, BiFunction<Call, String, Prepared> preparation) {
    return new Operation(
        "GET",
        path,
        (call, parameters, body) ->
            preparation.apply(call, parameters.getOrDefault(parameter, "")));
  }

  private static <B> Operation post(
      String path, String parameter, Class<B> type, Post<B> preparation) {
    return new Operation(
        "POST",
        path,
        (call, parameters, body) ->
            preparation.prepare(
                call, parameters.getOrDefault(parameter, ""), Bodies.read(body, type)));
  }

  private static Operation upload(String path, String parameter, Post<Upload> preparation) {
    return new Operation(
        "POST",
        path,
        (Call call, Map<String, String> parameters, JsonNode body) ->
            preparation.prepare(
                call,
                parameters.getOrDefault(parameter, ""),
                Upload.of(body, new EvidenceId(call.ids().next()))));
  }
}
