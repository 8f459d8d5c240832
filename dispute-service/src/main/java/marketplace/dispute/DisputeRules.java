package marketplace.dispute;

import java.util.List;
import java.util.Map;
import marketplace.contracts.Message;
import marketplace.contracts.MessageFamily;
import marketplace.dispute.domain.AfterSale;
import marketplace.dispute.domain.AfterSaleCommand;
import marketplace.dispute.domain.AfterSaleDecider;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.AfterSaleRejection;
import marketplace.dispute.domain.AfterSaleRejection.DuplicateFact;
import marketplace.dispute.domain.AfterSaleRejection.IllegalTransition;
import marketplace.dispute.domain.AfterSaleRejection.UnknownUnits;
import marketplace.dispute.messaging.AfterSaleCodec;
import marketplace.dispute.messaging.AfterSalePublications;
import marketplace.dispute.process.AfterSaleReactions;
import marketplace.dispute.request.AfterSaleRequests;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.ServiceRules;
import marketplace.kernel.Policies;

/// All rules of the after-sale window, as pure functions.
public final class DisputeRules implements ServiceRules {
  private static final String PATH = "/v1/orders/{orderId}/after-sale";

  private final Aggregate<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>
      afterSale =
          new Aggregate<>(
              AfterSaleReactions.CATEGORY,
              new AfterSaleDecider(),
              AfterSaleCodec.create(),
              new AfterSalePublications(),
              // A window is only ever asked for by its order, so it is read from its stream.
              change -> List.of(),
              DisputeRules::rejectReason);
  private final AfterSaleRequests requests = new AfterSaleRequests(afterSale);
  private final AfterSaleReactions reactions;

  public DisputeRules(Policies policies) {
    this.reactions = new AfterSaleReactions(policies);
  }

  @Override
  public String name() {
    return "dispute-service";
  }

  @Override
  public List<Aggregate<?, ?, ?, ?>> aggregates() {
    return List.of(afterSale);
  }

  @Override
  public List<Inbound<?>> inbound() {
    return List.of(
        inbound(MessageFamily.ORDER, fact -> reactions.toOrder(fact)),
        inbound(MessageFamily.SELLER, fact -> reactions.toSeller(fact)),
        inbound(MessageFamily.REFUND, fact -> reactions.toRefund(fact)));
  }

  @Override
  public List<String> topics() {
    return List.of(MessageFamily.DISPUTE.topic());
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of("getAfterSale", new Operation("GET", PATH, requests::getAfterSale));
  }

  AfterSaleRequests requests() {
    return requests;
  }

  private static <M extends Message> Inbound<M> inbound(
      MessageFamily<M> family, Reaction<M> reaction) {
    return new Inbound<>(family.topic(), family::knows, family::read, reaction);
  }

  private static String rejectReason(AfterSaleRejection rejection) {
    return switch (rejection) {
      case DuplicateFact() -> "DUPLICATE_FACT";
      case IllegalTransition() -> "ILLEGAL_TRANSITION";
      case UnknownUnits() -> "UNKNOWN_UNITS";
    };
  }
}
