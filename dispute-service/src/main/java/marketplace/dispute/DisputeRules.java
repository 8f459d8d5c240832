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
import marketplace.dispute.messaging.AfterSaleCodec;
import marketplace.dispute.messaging.AfterSalePublications;
import marketplace.dispute.process.AfterSaleReactions;
import marketplace.dispute.request.DisputeOperations;
import marketplace.dispute.view.CaseProjection;
import marketplace.dispute.view.Codes;
import marketplace.dispute.view.Lookup;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.ServiceRules;
import marketplace.kernel.Policies;

/// All rules of the time after a sale, as pure functions.
public final class DisputeRules implements ServiceRules {
  private final Aggregate<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>
      afterSale =
          new Aggregate<>(
              AfterSaleReactions.CATEGORY,
              new AfterSaleDecider(),
              AfterSaleCodec.create(),
              new AfterSalePublications(),
              new CaseProjection(),
              Codes::of);
  private final DisputeOperations requests;
  private final AfterSaleReactions reactions;

  public DisputeRules(Policies policies, Lookup lookup) {
    this.requests = new DisputeOperations(afterSale, lookup);
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
    return requests.byName();
  }

  DisputeOperations requests() {
    return requests;
  }

  private static <M extends Message> Inbound<M> inbound(
      MessageFamily<M> family, Reaction<M> reaction) {
    return new Inbound<>(family.topic(), family::knows, family::read, reaction);
  }
}
