package marketplace.simulation.lives;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import marketplace.simulation.lives.Move.Action;
import marketplace.simulation.lives.Move.CaseAction;
import marketplace.simulation.lives.Move.Deed;

/// What people usually do about an order once something else was done about it. Lives by chance
/// alone hardly ever come as far as a ruling.
final class Habits {
  /// The others of a hundred deeds are any at all.
  private static final int USUAL = 80;

  private static final Action[] ACTIONS = Action.values();
  private static final CaseAction[] CASE_ACTIONS = CaseAction.values();
  private static final List<Deed> OF_A_PARCEL =
      List.of(
          Action.MOVE_PARCEL,
          Action.DELIVER_PARCEL,
          Action.DELIVER_PARCEL,
          Action.REFUSE_PARCEL,
          Action.LOSE_PARCEL,
          Action.SHIP_ONE,
          CaseAction.OPEN_DISPUTE);
  private static final List<Deed> OF_DELIVERED_GOODS =
      List.of(
          CaseAction.OPEN_DISPUTE,
          CaseAction.OPEN_DISPUTE,
          CaseAction.REQUEST_RETURN,
          CaseAction.REQUEST_RETURN,
          Action.AGREE_TO_RETURN,
          Action.CONFIRM_RECEIPT,
          Action.REVIEW,
          Action.GIVE_GOODWILL);
  private static final List<Deed> OF_A_REQUEST =
      List.of(
          Action.APPROVE,
          Action.DECLINE,
          Action.DECLINE,
          Action.OFFER,
          Action.OFFER,
          Action.WITHDRAW,
          Action.SHIP_ALL);
  private static final List<Deed> OF_A_CLAIM =
      List.of(
          CaseAction.ACCEPT_CLAIM,
          CaseAction.ACCEPT_CLAIM,
          CaseAction.REJECT_CLAIM,
          CaseAction.REJECT_CLAIM,
          CaseAction.OFFER_AS_SELLER,
          CaseAction.OFFER_AS_SELLER,
          CaseAction.ESCALATE,
          CaseAction.WITHDRAW_DISPUTE);
  private static final List<Deed> OF_AN_OFFER =
      List.of(
          CaseAction.ACCEPT_SETTLEMENT,
          CaseAction.REJECT_SETTLEMENT,
          CaseAction.OFFER_AS_BUYER,
          CaseAction.ESCALATE);
  private static final List<Deed> OF_A_REFUND =
      List.of(Action.MISS_REFUND, CaseAction.SHIP_BACK, Action.SHIP_ALL);

  /// A ruling may have to stop a shipment, and come too late.
  private static final List<Deed> OF_A_RULING =
      List.of(Action.SHIP_ALL, Action.SHIP_ALL, CaseAction.SHIP_BACK, Action.MISS_REFUND);

  private static final Map<Deed, List<Deed>> NEXT =
      Map.ofEntries(
          entry(Action.PLACE, List.of(Action.PAY)),
          entry(
              Action.PAY,
              List.of(Action.ASK_FOR_ALL, Action.ASK_FOR_ONE, Action.SHIP_ALL, Action.SHIP_ONE)),
          entry(Action.ASK_FOR_ALL, OF_A_REQUEST),
          entry(Action.ASK_FOR_ONE, OF_A_REQUEST),
          entry(Action.OFFER, List.of(Action.ACCEPT_OFFER, Action.REJECT_OFFER)),
          entry(Action.REJECT_OFFER, OF_A_REQUEST),
          entry(
              Action.DECLINE,
              List.of(
                  CaseAction.OPEN_DISPUTE,
                  CaseAction.OPEN_DISPUTE,
                  CaseAction.OPEN_DISPUTE,
                  Action.SHIP_ONE)),
          entry(Action.APPROVE, OF_A_REFUND),
          entry(Action.CANCEL_AS_SELLER, OF_A_REFUND),
          entry(Action.MISS_REFUND, List.of(Action.ANSWER_INQUIRY)),
          entry(Action.SHIP_ALL, OF_A_PARCEL),
          entry(Action.SHIP_ONE, OF_A_PARCEL),
          entry(Action.MOVE_PARCEL, OF_A_PARCEL),
          entry(Action.REFUSE_PARCEL, List.of(Action.BRING_PARCEL_BACK)),
          entry(
              Action.BRING_PARCEL_BACK,
              List.of(CaseAction.CONFIRM_RETURN, CaseAction.CONTEST_RETURN)),
          entry(Action.LOSE_PARCEL, List.of(CaseAction.OPEN_DISPUTE)),
          entry(Action.DELIVER_PARCEL, OF_DELIVERED_GOODS),
          entry(Action.CONFIRM_RECEIPT, OF_DELIVERED_GOODS),
          entry(Action.AGREE_TO_RETURN, OF_DELIVERED_GOODS),
          entry(Action.GIVE_GOODWILL, OF_DELIVERED_GOODS),
          entry(CaseAction.OPEN_DISPUTE, OF_A_CLAIM),
          entry(CaseAction.REJECT_CLAIM, OF_AN_OFFER),
          entry(CaseAction.OFFER_AS_SELLER, OF_AN_OFFER),
          entry(CaseAction.REJECT_SETTLEMENT, OF_A_CLAIM),
          entry(CaseAction.OFFER_AS_BUYER, OF_A_CLAIM),
          entry(CaseAction.ESCALATE, List.of(CaseAction.UPHOLD, CaseAction.DISMISS)),
          entry(CaseAction.UPHOLD, OF_A_RULING),
          entry(CaseAction.ACCEPT_CLAIM, OF_A_RULING),
          entry(CaseAction.ACCEPT_SETTLEMENT, OF_A_REFUND),
          entry(
              CaseAction.REQUEST_RETURN,
              List.of(
                  CaseAction.APPROVE_RETURN,
                  CaseAction.SHIP_BACK,
                  CaseAction.REJECT_RETURN,
                  CaseAction.WITHDRAW_RETURN)),
          entry(CaseAction.APPROVE_RETURN, List.of(CaseAction.SHIP_BACK)),
          entry(
              CaseAction.SHIP_BACK,
              List.of(CaseAction.DELIVER_BACK, CaseAction.DELIVER_BACK, CaseAction.RULE_RETURN)),
          entry(
              CaseAction.DELIVER_BACK,
              List.of(CaseAction.CONFIRM_RETURN, CaseAction.CONTEST_RETURN)),
          entry(CaseAction.CONTEST_RETURN, List.of(CaseAction.RULE_RETURN)));

  private Habits() {}

  static Deed next(Deed last, SplittableRandom random) {
    var usual = NEXT.getOrDefault(last, List.of());
    if (!usual.isEmpty() && random.nextInt(100) < USUAL) {
      return usual.get(random.nextInt(usual.size()));
    }
    return random.nextBoolean() ? any(ACTIONS, random) : any(CASE_ACTIONS, random);
  }

  private static Deed any(Deed[] deeds, SplittableRandom random) {
    return deeds[random.nextInt(deeds.length)];
  }
}
