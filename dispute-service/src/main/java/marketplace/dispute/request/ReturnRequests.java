package marketplace.dispute.request;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import marketplace.dispute.domain.Actor;
import marketplace.dispute.domain.AfterSaleCommand;
import marketplace.dispute.domain.AfterSaleCommand.AddReturnEvidence;
import marketplace.dispute.domain.AfterSaleCommand.ApproveReturn;
import marketplace.dispute.domain.AfterSaleCommand.ConfirmReturn;
import marketplace.dispute.domain.AfterSaleCommand.ContestReturn;
import marketplace.dispute.domain.AfterSaleCommand.DeliverReturn;
import marketplace.dispute.domain.AfterSaleCommand.RejectReturn;
import marketplace.dispute.domain.AfterSaleCommand.RequestReturn;
import marketplace.dispute.domain.AfterSaleCommand.RuleReturn;
import marketplace.dispute.domain.AfterSaleCommand.ShipBack;
import marketplace.dispute.domain.AfterSaleCommand.WithdrawReturn;
import marketplace.dispute.domain.Return;
import marketplace.dispute.request.Desk.Done;
import marketplace.dispute.view.ReturnView;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Prepared;
import marketplace.kernel.CaseParty;
import marketplace.kernel.LabelId;
import marketplace.kernel.OrderId;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ReturnReason;

/// What may be asked of returns.
public final class ReturnRequests {
  private static final OrderId NO_ORDER = new OrderId(new UUID(0, 0));

  private final Desk desk;

  ReturnRequests(Desk desk) {
    this.desk = desk;
  }

  public Prepared requestReturn(Call call, Bodies.NewReturn body) {
    var actor = Checks.actor(call, CaseParty.BUYER);
    var checks = new Checks();
    var orderId = checks.present("/orderId", body.orderId(), NO_ORDER);
    var units = checks.units(body.units());
    var reason = checks.present("/reason", body.reason(), ReturnReason.NO_LONGER_NEEDED);
    // What is refused at the door goes back by itself.
    if (reason == ReturnReason.DELIVERY_REFUSED) checks.refuse("/reason", "NOT_FOR_BUYERS");
    var text = checks.comment("/text", body.text(), Checks.TEXT_CHARS_MAX);
    var evidence = checks.evidence(body.evidenceIds());
    checks.done();
    var returnId = new ReturnId(call.ids().next());
    return desk.decide(
        call,
        orderId,
        new RequestReturn(
            actor, returnId, units, reason, text, desk.pieces(call, orderId, evidence)),
        done ->
            new Answer(
                201,
                Map.of("Location", "/v1/returns/" + returnId),
                done.versioned(view(done, returnId))));
  }

  public Prepared getReturn(Call call, String returnId) {
    var id = id(returnId);
    return desk.look(
        call, orderOf(id), "return", (o, now) -> o.returned(id).map(one -> ReturnView.of(o, one)));
  }

  /// What the buyer puts on the parcel.
  public record Label(LabelId labelId, ReturnId returnId, OrderId orderId, String instructions) {}

  public Prepared getLabel(Call call, String returnId) {
    var id = id(returnId);
    return desk.look(
        call, orderOf(id), "label", (o, now) -> o.returned(id).flatMap(ReturnRequests::label));
  }

  private static Optional<Label> label(Return one) {
    var approval = one.approval();
    if (approval == null || approval.labelId() == null) return Optional.empty();
    return Optional.of(
        new Label(
            approval.labelId(), one.id(), one.requested().orderId(), approval.instructions()));
  }

  public Prepared approve(Call call, String returnId, Bodies.Approval body) {
    var checks = new Checks();
    var said = checks.comment("/instructions", body.instructions(), Checks.TEXT_CHARS_MAX);
    checks.done();
    var instructions = said.isEmpty() ? null : said;
    return decide(
        call,
        returnId,
        (actor, id) -> new ApproveReturn(actor, id, instructions),
        CaseParty.PLATFORM);
  }

  public Prepared reject(Call call, String returnId, Bodies.Why body) {
    var why = why(body);
    return decide(
        call, returnId, (actor, id) -> new RejectReturn(actor, id, why), CaseParty.PLATFORM);
  }

  public Prepared shipBack(Call call, String returnId, Bodies.Shipment body) {
    var checks = new Checks();
    var number =
        checks.text("/trackingNumber", body.trackingNumber(), Checks.TRACKING_NUMBER_CHARS_MAX);
    checks.done();
    return decide(call, returnId, (actor, id) -> new ShipBack(actor, id, number), CaseParty.BUYER);
  }

  public Prepared deliver(Call call, String returnId, Bodies.Delivery body) {
    Checks.carrier(call);
    var id = id(returnId);
    return desk.decide(
        call, orderOf(id), new DeliverReturn(id, body.at()), done -> answer(done, id));
  }

  public Prepared confirm(Call call, String returnId, Bodies.Nothing body) {
    return decide(call, returnId, ConfirmReturn::new, CaseParty.SELLER);
  }

  public Prepared contest(Call call, String returnId, Bodies.Why body) {
    var why = why(body);
    return decide(
        call, returnId, (actor, id) -> new ContestReturn(actor, id, why), CaseParty.SELLER);
  }

  public Prepared rule(Call call, String returnId, Bodies.ReturnRuling body) {
    var checks = new Checks();
    var refundMinor = checks.amount("/refundMinor", body.refundMinor());
    var text = checks.comment("/text", body.text(), Checks.TEXT_CHARS_MAX);
    checks.done();
    return decide(
        call,
        returnId,
        (actor, id) -> new RuleReturn(actor, id, refundMinor, text),
        CaseParty.PLATFORM);
  }

  public Prepared withdraw(Call call, String returnId, Bodies.Nothing body) {
    return decide(call, returnId, WithdrawReturn::new, CaseParty.BUYER);
  }

  public Prepared addEvidence(Call call, String returnId, Upload upload) {
    var actor = Checks.actor(call, CaseParty.BUYER, CaseParty.SELLER, CaseParty.PLATFORM);
    var id = id(returnId);
    var piece = upload.piece();
    return desk.decide(
        call,
        orderOf(id),
        new AddReturnEvidence(actor, id, piece),
        done -> Answer.of(201, AfterSaleRequests.uploaded(piece)));
  }

  private static String why(Bodies.Why body) {
    var checks = new Checks();
    var why = checks.text("/why", body.why(), Checks.TEXT_CHARS_MAX);
    checks.done();
    return why;
  }

  private Prepared decide(
      Call call,
      String returnId,
      BiFunction<Actor, ReturnId, AfterSaleCommand> command,
      CaseParty... parties) {
    var actor = Checks.actor(call, parties);
    var id = id(returnId);
    return desk.decide(call, orderOf(id), command.apply(actor, id), done -> answer(done, id));
  }

  private static Answer answer(Done done, ReturnId id) {
    return Answer.of(200, done.versioned(view(done, id)));
  }

  private static ReturnView view(Done done, ReturnId id) {
    return ReturnView.of(done.state(), done.state().returned(id).orElseThrow());
  }

  private OrderId orderOf(ReturnId id) {
    return desk.lookup().orderOf(id).orElseThrow(() -> Desk.unknown("return"));
  }

  private static ReturnId id(String text) {
    return Checks.id("returnId", text, ReturnId::of);
  }
}
