package marketplace.dispute.request;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import marketplace.dispute.domain.Actor;
import marketplace.dispute.domain.AfterSaleCommand;
import marketplace.dispute.domain.AfterSaleCommand.AcceptClaim;
import marketplace.dispute.domain.AfterSaleCommand.AcceptOffer;
import marketplace.dispute.domain.AfterSaleCommand.AddDisputeEvidence;
import marketplace.dispute.domain.AfterSaleCommand.Escalate;
import marketplace.dispute.domain.AfterSaleCommand.MakeOffer;
import marketplace.dispute.domain.AfterSaleCommand.OpenDispute;
import marketplace.dispute.domain.AfterSaleCommand.RejectClaim;
import marketplace.dispute.domain.AfterSaleCommand.RejectOffer;
import marketplace.dispute.domain.AfterSaleCommand.RuleDispute;
import marketplace.dispute.domain.AfterSaleCommand.WithdrawDispute;
import marketplace.dispute.domain.Dispute;
import marketplace.dispute.domain.Dispute.AwaitingStop;
import marketplace.dispute.request.Desk.Done;
import marketplace.dispute.view.DisputeView;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Prepared;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.Fault;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.Remedy;
import marketplace.kernel.Uphold;

/// What may be asked of disputes.
public final class DisputeRequests {
  private static final OrderId NO_ORDER = new OrderId(new UUID(0, 0));

  private final Desk desk;

  DisputeRequests(Desk desk) {
    this.desk = desk;
  }

  public Prepared openDispute(Call call, Bodies.NewDispute body) {
    var actor = Checks.actor(call, CaseParty.BUYER);
    var checks = new Checks();
    var orderId = checks.present("/orderId", body.orderId(), NO_ORDER);
    var units = checks.units(body.units());
    var reason = checks.present("/reason", body.reason(), DisputeReason.NOT_RECEIVED);
    var remedy = checks.present("/remedy", body.remedy(), Remedy.REFUND_ONLY);
    var text = checks.comment("/text", body.text(), Checks.TEXT_CHARS_MAX);
    var mayLeaveOut = reason == DisputeReason.CANCELLATION_REFUSED && body.claimMinor() == null;
    var claimMinor = mayLeaveOut ? null : checks.amount("/claimMinor", body.claimMinor());
    var evidence = checks.evidence(body.evidenceIds());
    checks.done();
    var disputeId = new DisputeId(call.ids().next());
    return desk.decide(
        call,
        orderId,
        new OpenDispute(
            actor,
            disputeId,
            units,
            reason,
            remedy,
            claimMinor,
            text,
            desk.pieces(call, orderId, evidence)),
        done ->
            new Answer(
                201, Map.of("Location", pathOf(disputeId)), done.versioned(view(done, disputeId))));
  }

  public Prepared getDispute(Call call, String disputeId) {
    var id = id(disputeId);
    return desk.look(
        call,
        orderOf(id),
        "dispute",
        (o, now) -> o.dispute(id).map(dispute -> DisputeView.of(o, dispute)));
  }

  public Prepared acceptClaim(Call call, String disputeId, Bodies.Nothing body) {
    return decide(call, disputeId, 200, AcceptClaim::new, CaseParty.SELLER);
  }

  public Prepared rejectClaim(Call call, String disputeId, Bodies.Comment body) {
    var checks = new Checks();
    var comment = checks.text("/comment", body.comment(), Checks.TEXT_CHARS_MAX);
    checks.done();
    return decide(
        call, disputeId, 200, (actor, id) -> new RejectClaim(actor, id, comment), CaseParty.SELLER);
  }

  public Prepared makeOffer(Call call, String disputeId, Bodies.NewOffer body) {
    var checks = new Checks();
    var remedy = checks.present("/remedy", body.remedy(), Remedy.REFUND_ONLY);
    var amountMinor = checks.amount("/amountMinor", body.amountMinor());
    var comment = checks.comment("/comment", body.comment(), Checks.TEXT_CHARS_MAX);
    checks.done();
    var offerId = new OfferId(call.ids().next());
    return decide(
        call,
        disputeId,
        201,
        (actor, id) -> new MakeOffer(actor, id, offerId, remedy, amountMinor, comment),
        CaseParty.SELLER,
        CaseParty.BUYER);
  }

  public Prepared answerOffer(Call call, String disputeId, String offerId, Bodies.Answer body) {
    var offer = Checks.id("offerId", offerId, OfferId::of);
    var checks = new Checks();
    var answer = checks.present("/answer", body.answer(), OfferAnswer.REJECTED);
    checks.done();
    return decide(
        call,
        disputeId,
        200,
        (actor, id) ->
            switch (answer) {
              case ACCEPTED -> new AcceptOffer(actor, id, offer);
              case REJECTED -> new RejectOffer(actor, id, offer);
            },
        CaseParty.BUYER);
  }

  public Prepared escalate(Call call, String disputeId, Bodies.Nothing body) {
    return decide(call, disputeId, 200, Escalate::new, CaseParty.BUYER);
  }

  public Prepared withdraw(Call call, String disputeId, Bodies.Nothing body) {
    return decide(call, disputeId, 200, WithdrawDispute::new, CaseParty.BUYER);
  }

  public Prepared rule(Call call, String disputeId, Bodies.Ruling body) {
    var checks = new Checks();
    var uphold = checks.present("/uphold", body.uphold(), Uphold.NONE);
    var dismissed = uphold == Uphold.NONE;
    var awardMinor =
        dismissed && body.awardMinor() == null
            ? 0
            : checks.amount("/awardMinor", body.awardMinor());
    var fault =
        dismissed && body.fault() == null
            ? Fault.NONE
            : checks.present("/fault", body.fault(), Fault.NONE);
    var returnRequired = Boolean.TRUE.equals(body.returnRequired());
    var text = checks.comment("/text", body.text(), Checks.TEXT_CHARS_MAX);
    checks.done();
    return decide(
        call,
        disputeId,
        200,
        (actor, id) -> new RuleDispute(actor, id, uphold, awardMinor, fault, returnRequired, text),
        CaseParty.PLATFORM);
  }

  public Prepared addEvidence(Call call, String disputeId, Upload upload) {
    var actor = Checks.actor(call, CaseParty.BUYER, CaseParty.SELLER, CaseParty.PLATFORM);
    var id = id(disputeId);
    var piece = upload.piece();
    return desk.decide(
        call,
        orderOf(id),
        new AddDisputeEvidence(actor, id, piece),
        done -> Answer.of(201, AfterSaleRequests.uploaded(piece)));
  }

  /// What has to be decided elsewhere before the dispute can end.
  public record AcceptedForDecision(@JsonUnwrapped DisputeView dispute, String status) {}

  private Prepared decide(
      Call call,
      String disputeId,
      int status,
      BiFunction<Actor, DisputeId, AfterSaleCommand> command,
      CaseParty... parties) {
    var actor = Checks.actor(call, parties);
    var id = id(disputeId);
    return desk.decide(
        call, orderOf(id), command.apply(actor, id), done -> answer(done, id, status));
  }

  private static Answer answer(Done done, DisputeId id, int status) {
    var view = view(done, id);
    if (!(dispute(done, id).stage() instanceof AwaitingStop)) {
      return Answer.of(status, done.versioned(view));
    }
    return new Answer(
        202,
        Map.of("Location", pathOf(id)),
        done.versioned(new AcceptedForDecision(view, "ACCEPTED_FOR_DECISION")));
  }

  private static DisputeView view(Done done, DisputeId id) {
    return DisputeView.of(done.state(), dispute(done, id));
  }

  private static Dispute dispute(Done done, DisputeId id) {
    return done.state().dispute(id).orElseThrow();
  }

  private static String pathOf(DisputeId id) {
    return "/v1/disputes/" + id;
  }

  private OrderId orderOf(DisputeId id) {
    return desk.lookup().orderOf(id).orElseThrow(() -> Desk.unknown("dispute"));
  }

  private static DisputeId id(String text) {
    return Checks.id("disputeId", text, DisputeId::of);
  }
}
