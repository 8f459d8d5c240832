package marketplace.seller.process;

import static marketplace.eventsourcing.Reaction.nothing;
import static marketplace.eventsourcing.Reaction.tell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.DisputeMessage.DisputeResolved;
import marketplace.contracts.DisputeMessage.RulingMade;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.CancellationOfferAnswered;
import marketplace.contracts.OrderMessage.CancellationRequested;
import marketplace.contracts.OrderMessage.CancellationWithdrawalAsked;
import marketplace.contracts.OrderMessage.CouponForfeited;
import marketplace.contracts.OrderMessage.CouponRestored;
import marketplace.contracts.OrderMessage.OrderCancelled;
import marketplace.contracts.OrderMessage.OrderCompleted;
import marketplace.contracts.OrderMessage.OrderDelivered;
import marketplace.contracts.OrderMessage.OrderPlaced;
import marketplace.contracts.OrderMessage.OrderReadyToShip;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.contracts.OrderMessage.ReceiptConfirmed;
import marketplace.contracts.OrderMessage.SellerReviewed;
import marketplace.eventsourcing.Fact;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.StreamId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.Fault;
import marketplace.kernel.OrderId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.seller.domain.conversation.ConversationCommand.BeginConversation;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Inform;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteFault;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteRefund;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteReview;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.OpenFulfilment;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReceiveOfferAnswer;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReceiveRequest;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.RememberOrder;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.StopFulfilment;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Withdraw;
import marketplace.seller.domain.fulfilment.NotedFact;
import marketplace.seller.domain.fulfilment.Request;
import marketplace.seller.domain.fulfilment.Terms;

/// What the facts of the order and of a dispute ask of the fulfilment.
///
/// Only OrderPlaced opens the streams, for only it says who deals with whom and under which policy.
/// The order's topic brings OrderReadyToShip after it; whatever comes before OrderReadyToShip finds
/// nothing to ship and has to wait for it.
public final class SellerReactions {
  public static final String FULFILMENT = "fulfilment";
  public static final String CONVERSATION = "conversation";

  /// A cancellation by the seller, by his missed deadline or by a ruling has points of its own.
  private static final Set<CancellationCause> BY_REQUEST =
      EnumSet.of(
          CancellationCause.SELLER_APPROVED,
          CancellationCause.AUTO_APPROVED,
          CancellationCause.OFFER_ACCEPTED,
          CancellationCause.SELLER_TIMED_OUT);

  private final Policies policies;

  public SellerReactions(Policies policies) {
    this.policies = policies;
  }

  public static StreamId conversationOf(OrderId orderId) {
    return new StreamId(CONVERSATION, orderId.value());
  }

  public static StreamId fulfilmentOf(OrderId orderId) {
    return new StreamId(FULFILMENT, orderId.value());
  }

  public Reaction.Response onOrder(Fact<? extends OrderMessage> fact) {
    var stream = fulfilmentOf(fact.message().orderId());
    var noted = new NotedFact(fact.eventId(), fact.type());
    return switch (fact.message()) {
      case OrderPlaced m ->
          policies
              .find(m.policyId())
              .<Reaction.Response>map(policy ->
                  new Reaction.React(
                      List.of(
                          new Reaction.Step(
                              stream, new RememberOrder(noted, terms(m, policy)), true),
                          new Reaction.Step(
                              conversationOf(m.orderId()),
                              new BeginConversation(
                                  noted,
                                  m.orderId(),
                                  m.buyerId(),
                                  m.sellerId(),
                                  policy.messagesPerDay()),
                              true)),
                      List.of()))
              .orElseGet(() -> new Reaction.Await("policy:" + m.policyId()));
      case OrderReadyToShip m ->
          tell(
              stream,
              new OpenFulfilment(
                  noted,
                  m.sellerId(),
                  m.shipBy(),
                  m.autoApproveUntil(),
                  m.basis() == OrderMessage.Basis.PAID,
                  m.units()));
      case CancellationRequested m ->
          tell(stream, new ReceiveRequest(noted, m.cancellationId(), asked(m)));
      case CancellationWithdrawalAsked m -> tell(stream, new Withdraw(noted, m.cancellationId()));
      case CancellationOfferAnswered m ->
          tell(
              stream,
              new ReceiveOfferAnswer(
                  noted, m.cancellationId(), m.offerId(), m.answer(), m.answeredAt()));
      case OrderUnitsCancelled m when m.cancellationId() != null ->
          afterRequest(stream, noted, m, m.cancellationId());
      case OrderUnitsCancelled m -> tell(stream, new Inform(noted, SellerNotices.of(m)));
      case SellerReviewed m -> tell(stream, new NoteReview(noted, m.stars(), m.reviewedAt()));
      case OrderCancelled _,
          OrderDelivered _,
          ReceiptConfirmed _,
          OrderCompleted _,
          CouponRestored _,
          CouponForfeited _,
          OrderMessage.BuyerNotified _ ->
          nothing();
    };
  }

  public Reaction.Response onDispute(Fact<? extends DisputeMessage> fact) {
    var stream = fulfilmentOf(fact.message().orderId());
    var noted = new NotedFact(fact.eventId(), fact.type());
    if (fact.message() instanceof RulingMade m && m.stopFulfilment()) {
      return tell(stream, new StopFulfilment(noted, m.disputeId(), m.units(), m.fault()));
    }
    var notices = SellerNotices.of(fact.message());
    if (fact.message() instanceof DisputeResolved m && isLost(m)) {
      return tell(
          stream, new NoteFault(noted, PenaltyCode.DISPUTE_LOST, m.disputeId().value(), notices));
    }
    return notices.isEmpty() ? nothing() : tell(stream, new Inform(noted, notices));
  }

  /// What the buyer gets for his request, and whose fault it was.
  private static Reaction.Response afterRequest(
      StreamId stream, NotedFact noted, OrderUnitsCancelled m, CancellationId request) {
    List<Reaction.Step> steps = new ArrayList<>();
    steps.add(
        new Reaction.Step(
            stream, new NoteRefund(noted, request, m.refundMinor(), SellerNotices.of(m)), false));
    if (m.fault() == Fault.SELLER && BY_REQUEST.contains(m.cause())) {
      steps.add(
          new Reaction.Step(
              stream,
              new NoteFault(noted, PenaltyCode.SELLER_FAULT_CANCELLATION, m.settlementId().value()),
              false));
    }
    return new Reaction.React(steps, List.of());
  }

  /// Somebody had to decide against the seller, or he said nothing at all, and it costs something.
  private static boolean isLost(DisputeResolved m) {
    var decided = m.how() == DisputeEnd.RULING || m.how() == DisputeEnd.SELLER_SILENT;
    var costs =
        m.awardMinor() > 0
            || m.settledBy() == DisputeSettlement.CANCELLATION
            || m.settledBy() == DisputeSettlement.RETURN;
    return decided && costs && m.fault() == Fault.SELLER;
  }

  private static Terms terms(OrderPlaced m, PolicySet policy) {
    return new Terms(
        m.orderId(),
        m.buyerId(),
        m.sellerId(),
        m.currency(),
        policy.policyId(),
        policy.onSellerSilence(),
        policy.sellerReminders(),
        policy.maxOffersPerRequest(),
        policy.offerAnswerWithin(),
        policy.deliverWithin());
  }

  private static Request.Asked asked(CancellationRequested m) {
    return new Request.Asked(
        m.units(),
        m.wholeOrder(),
        m.reason(),
        m.comment(),
        m.attempt(),
        m.requestedAt(),
        m.replyBy(),
        m.refundIfApprovedMinor());
  }
}
