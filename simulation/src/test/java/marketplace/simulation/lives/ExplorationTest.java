package marketplace.simulation.lives;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import marketplace.order.domain.Effect;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.Request;
import marketplace.simulation.lives.Exploration.Explored;
import marketplace.simulation.lives.Move.Act;
import marketplace.simulation.lives.Move.Action;
import marketplace.simulation.lives.Move.CaseAction;
import marketplace.simulation.lives.Move.Deed;
import marketplace.simulation.lives.Move.Pass;
import org.junit.jupiter.api.Test;

/// The races between services of the domain, section 9.2, in every order of arrival. The number of
/// states is asserted, so that an exploration that has quietly become smaller is noticed.
class ExplorationTest {
  private static final String ORDER = "order-service";
  private static final String SELLER = "seller-service";
  private static final String REFUND = "refund-service";
  private static final String DISPUTE = "dispute-service";

  /// One unit by card; two units by card; two lines by bank transfer, captured a day later.
  private static final Act ONE_BY_CARD = new Act(0, Action.PLACE, 0);

  private static final Act TWO_BY_CARD = new Act(0, Action.PLACE, 6);
  private static final Act BY_BANK_TRANSFER = new Act(0, Action.PLACE, 4);
  private static final Act BY_THE_BUYER = new Act(0, Action.WRITE, 1);

  /// For a little, and for more than there is.
  private static final Act OPEN_DISPUTE = new Act(0, CaseAction.OPEN_DISPUTE, 1);

  private static final Act OPEN_DISPUTE_FOR_ALL = new Act(0, CaseAction.OPEN_DISPUTE, 1298);
  private static final List<Move> NOT_RECEIVED =
      List.of(
          ONE_BY_CARD,
          act(Action.PAY),
          act(Action.SHIP_ALL),
          BY_THE_BUYER,
          new Pass(Duration.ofDays(60)),
          OPEN_DISPUTE);
  private static final Move NEARLY_TOO_LATE_TO_PAY = new Pass(Duration.ofHours(20 * 24 - 1));

  @Test
  void x1_the_seller_ships_while_the_request_is_on_its_way() {
    var explored =
        explore(
            List.of(ONE_BY_CARD, act(Action.PAY)),
            List.of(act(Action.ASK_FOR_ALL), act(Action.SHIP_ALL)),
            0,
            Set.of(ORDER, SELLER));
    assertEnds(explored, 18, "SHIPPED/DECLINED", "SHIPPED/NONE", "SHIPPED/SHIPPED");
  }

  @Test
  void x2_x3_the_seller_approves_while_the_withdrawal_is_on_its_way() {
    var explored =
        explore(
            List.of(ONE_BY_CARD, act(Action.PAY), act(Action.ASK_FOR_ALL)),
            List.of(act(Action.WITHDRAW), act(Action.APPROVE)),
            0,
            Set.of(ORDER, SELLER));
    assertEnds(explored, 39, "AWAITING_SHIPMENT/WITHDRAWN", "CANCELLED/APPROVED");
  }

  @Test
  void x4_two_requests_from_two_windows() {
    var explored =
        explore(
            List.of(ONE_BY_CARD, act(Action.PAY)),
            List.of(new Act(0, Action.ASK_FOR_ALL, 0), new Act(0, Action.ASK_FOR_ALL, 1)),
            0,
            Set.of(ORDER, SELLER));
    assertEnds(explored, 9, "AWAITING_SHIPMENT/PENDING");
  }

  @Test
  void x5_the_same_request_twice() {
    var explored =
        explore(
            List.of(ONE_BY_CARD, act(Action.PAY)),
            List.of(act(Action.ASK_FOR_ALL), act(Action.SAY_AGAIN)),
            0,
            Set.of(ORDER, SELLER));
    assertEnds(explored, 6, "AWAITING_SHIPMENT/PENDING");
  }

  @Test
  void x6_the_buyer_cancels_while_a_payment_is_authorised() {
    var explored =
        explore(
            List.of(BY_BANK_TRANSFER, act(Action.PAY)),
            List.of(act(Action.ASK_FOR_ALL)),
            1,
            Set.of(ORDER, REFUND));
    assertEnds(explored, 43, "AWAITING_SHIPMENT/PENDING", "CANCELLED/NONE");
  }

  @Test
  void x7_capture_and_cancellation_cross() {
    var explored =
        explore(
            List.of(ONE_BY_CARD),
            List.of(act(Action.PAY), act(Action.ASK_FOR_ALL)),
            0,
            Set.of(ORDER, REFUND));
    assertEnds(explored, 40, "AWAITING_SHIPMENT/PENDING", "CANCELLED/NONE");
  }

  @Test
  void x8_the_time_to_pay_ends_while_a_payment_is_authorised() {
    var explored =
        explore(
            List.of(BY_BANK_TRANSFER, NEARLY_TOO_LATE_TO_PAY, act(Action.PAY)),
            List.of(),
            1,
            Set.of(ORDER, REFUND));
    assertEnds(explored, 10, "AWAITING_SHIPMENT/NONE");
  }

  @Test
  void x9_the_time_to_pay_ends_while_the_authorisation_is_on_its_way() {
    var explored =
        explore(
            List.of(BY_BANK_TRANSFER, NEARLY_TOO_LATE_TO_PAY),
            List.of(act(Action.PAY)),
            2,
            Set.of(ORDER, REFUND));
    assertEnds(explored, 111, "AWAITING_SHIPMENT/NONE", "CANCELLED/NONE");
  }

  @Test
  void x15_two_parts_are_refunded_one_after_the_other() {
    var explored =
        explore(
            List.of(TWO_BY_CARD, act(Action.PAY)),
            List.of(new Act(0, Action.CANCEL_AS_SELLER, 0), new Act(0, Action.CANCEL_AS_SELLER, 2)),
            0,
            Set.of(ORDER, REFUND));
    assertEnds(explored, 312, "CANCELLED/NONE");
  }

  @Test
  void x17_the_end_of_the_window_overtakes_the_cancellation_of_units() {
    var explored =
        explore(
            List.of(TWO_BY_CARD, act(Action.PAY), act(Action.SHIP_ONE), act(Action.DELIVER_PARCEL)),
            List.of(act(Action.CANCEL_AS_SELLER)),
            1,
            Set.of(REFUND));
    assertEnds(explored, 53, "COMPLETED/NONE", "DELIVERED/NONE");
  }

  @Test
  void x11_the_seller_ships_while_the_ruling_is_on_its_way() {
    var explored =
        explore(
            List.of(
                ONE_BY_CARD,
                act(Action.PAY),
                act(Action.ASK_FOR_ALL),
                act(Action.DECLINE),
                BY_THE_BUYER,
                OPEN_DISPUTE,
                act(CaseAction.REJECT_CLAIM),
                new Pass(Duration.ofDays(3)),
                act(CaseAction.ESCALATE)),
            List.of(act(CaseAction.UPHOLD), act(Action.SHIP_ALL)),
            0,
            Set.of(SELLER, DISPUTE));
    assertEnds(explored, 691, "CANCELLED/DECLINED", "SHIPPED/DECLINED");
  }

  @Test
  void x12_a_dispute_is_settled_while_a_refund_is_on_its_way() {
    var explored =
        explore(
            List.of(
                TWO_BY_CARD,
                act(Action.PAY),
                act(Action.SHIP_ONE),
                act(Action.LOSE_PARCEL),
                BY_THE_BUYER,
                OPEN_DISPUTE_FOR_ALL),
            List.of(new Act(0, Action.CANCEL_AS_SELLER, 0), act(CaseAction.ACCEPT_CLAIM)),
            0,
            Set.of(REFUND));
    assertEnds(explored, 83, "COMPLETED/NONE");
  }

  @Test
  void x13_x14_goodwill_crosses_a_dispute() {
    var explored =
        explore(
            List.of(
                ONE_BY_CARD,
                act(Action.PAY),
                act(Action.SHIP_ALL),
                act(Action.LOSE_PARCEL),
                BY_THE_BUYER),
            List.of(new Act(0, Action.GIVE_GOODWILL, 998), OPEN_DISPUTE_FOR_ALL),
            0,
            Set.of(REFUND, DISPUTE));
    assertEnds(explored, 20, "SHIPPED/NONE");
  }

  @Test
  void x16_the_window_closes_while_a_dispute_is_opened() {
    var explored =
        explore(
            List.of(
                ONE_BY_CARD,
                act(Action.PAY),
                act(Action.SHIP_ALL),
                act(Action.DELIVER_PARCEL),
                BY_THE_BUYER),
            List.of(OPEN_DISPUTE),
            1,
            Set.of(REFUND, DISPUTE));
    assertEnds(explored, 42, "COMPLETED/NONE", "DELIVERED/NONE");
  }

  @Test
  void x18_the_time_to_ship_ends_while_a_refused_cancellation_is_disputed() {
    var explored =
        explore(
            List.of(
                ONE_BY_CARD,
                act(Action.PAY),
                act(Action.ASK_FOR_ALL),
                act(Action.DECLINE),
                BY_THE_BUYER,
                OPEN_DISPUTE),
            List.of(act(CaseAction.ACCEPT_CLAIM)),
            1,
            Set.of(DISPUTE));
    assertEnds(explored, 269, "CANCELLED/DECLINED");
  }

  @Test
  void x21_the_parcel_comes_while_it_is_disputed_that_it_has() {
    var explored =
        explore(
            NOT_RECEIVED,
            List.of(act(Action.DELIVER_PARCEL), act(CaseAction.ACCEPT_CLAIM)),
            0,
            Set.of(DISPUTE));
    assertEnds(explored, 71, "DELIVERED/NONE");
  }

  @Test
  void x22_the_buyer_confirms_the_receipt_while_he_disputes_it() {
    var explored =
        explore(
            NOT_RECEIVED,
            List.of(act(Action.CONFIRM_RECEIPT), act(CaseAction.ACCEPT_CLAIM)),
            0,
            Set.of(DISPUTE));
    assertEnds(explored, 41, "DELIVERED/NONE");
  }

  @Test
  void a_mistake_is_found_in_some_order() {
    var explored =
        new Exploration(
                List.of(ONE_BY_CARD, act(Action.PAY), act(Action.ASK_FOR_ALL)),
                List.of(act(Action.APPROVE), act(Action.SHIP_ALL)),
                0,
                Set.of(SELLER))
            .explore(Spoiled.with("fulfilment", Spoiled.forgets("SellerApproved")));
    assertThat(explored.broken()).anyMatch(text -> text.contains("U1"));
  }

  @Test
  void an_order_that_takes_its_request_for_answered_is_found() {
    var inAHurry =
        Spoiled.jumpsToConclusions(
            OrderEvent.CancellationRequested.class,
            asked ->
                new OrderEvent.Noted(
                    asked.orderId(),
                    asked.cancellationId().value(),
                    "SellerDeclined",
                    new Effect.RequestEnded(
                        asked.cancellationId(), Request.Outcome.DECLINED, asked.requestedAt())));
    var explored =
        new Exploration(
                List.of(ONE_BY_CARD, act(Action.PAY)),
                List.of(new Act(0, Action.ASK_FOR_ALL, 0), new Act(0, Action.ASK_FOR_ALL, 1)),
                0,
                Set.of(SELLER))
            .explore(Spoiled.with("order", inAHurry));
    assertThat(explored.broken()).anyMatch(text -> text.contains("R2"));
  }

  private static Explored explore(
      List<Move> given, List<Act> acts, int deadlines, Set<String> readers) {
    return new Exploration(given, acts, deadlines, readers).explore();
  }

  private static void assertEnds(Explored explored, int states, String... ends) {
    assertThat(explored.broken()).isEmpty();
    assertThat(explored.ends()).containsOnlyKeys(ends);
    assertThat(explored.states()).isEqualTo(states);
  }

  private static Act act(Deed deed) {
    return new Act(0, deed, 0);
  }
}
