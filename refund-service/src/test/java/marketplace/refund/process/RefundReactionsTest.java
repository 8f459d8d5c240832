package marketplace.refund.process;

import static marketplace.refund.LedgerFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.DisputeMessage.AfterSaleClosed;
import marketplace.contracts.DisputeMessage.WhyClosed;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.DeliveryBasis;
import marketplace.contracts.OrderMessage.Destination;
import marketplace.contracts.OrderMessage.OrderCancelled;
import marketplace.contracts.OrderMessage.OrderCompleted;
import marketplace.contracts.OrderMessage.OrderDelivered;
import marketplace.contracts.OrderMessage.OrderPlaced;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.contracts.SellerMessage;
import marketplace.eventsourcing.Fact;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.Reaction.Response;
import marketplace.eventsourcing.Trace;
import marketplace.kernel.AddressId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.Fault;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.Policies;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundSettlement;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnAcceptance;
import marketplace.kernel.ReturnEnd;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.SettlementId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import marketplace.refund.domain.Cause;
import marketplace.refund.domain.LedgerCommand;
import marketplace.refund.domain.LedgerCommand.CancelOrder;
import marketplace.refund.domain.LedgerCommand.CauseRefund;
import marketplace.refund.domain.LedgerCommand.CloseAfterSale;
import marketplace.refund.domain.LedgerCommand.CollectCash;
import marketplace.refund.domain.LedgerCommand.NoteCaseEnd;
import marketplace.refund.domain.LedgerCommand.NoteCaseOpen;
import marketplace.refund.domain.LedgerCommand.NoteOrder;
import marketplace.refund.domain.LedgerCommand.NoteShipment;
import marketplace.refund.domain.LedgerCommand.OpenLedger;
import marketplace.refund.domain.Source;
import org.junit.jupiter.api.Test;

class RefundReactionsTest {
  private static final UUID EVENT = id(50);

  private final RefundReactions reactions = new RefundReactions(new Policies());

  @Test
  void a_placed_order_opens_its_ledger_under_the_terms_of_its_policy() {
    assertThat(reactions.toOrder(fact(placed(Policies.DEFAULT_ID), 1)))
        .isEqualTo(
            Reaction.open(
                RefundReactions.streamOf(ORDER),
                new OpenLedger(
                    new Source(EVENT, "OrderPlaced", 1),
                    terms(PaymentMethod.CARD, RefundSettlement.TYPICAL))));
  }

  @Test
  void an_order_under_an_unknown_policy_waits_for_it() {
    assertThat(reactions.toOrder(fact(placed("GENEROUS"), 1)))
        .isEqualTo(new Reaction.Await("policy:GENEROUS"));
  }

  @Test
  void cancelled_units_cause_a_refund_of_what_they_are_worth() {
    assertThat(reactions.toOrder(fact(unitsCancelled(800), 5)))
        .isEqualTo(
            tell(new CauseRefund(new Source(EVENT, "OrderUnitsCancelled", 5), SETTLEMENT, 800)));
  }

  @Test
  void cancelled_units_that_nobody_has_paid_for_are_only_noted() {
    assertThat(reactions.toOrder(fact(unitsCancelled(0), 5)))
        .isEqualTo(tell(new NoteOrder(new Source(EVENT, "OrderUnitsCancelled", 5))));
  }

  @Test
  void a_cancelled_order_says_what_becomes_of_its_money() {
    var message =
        new OrderCancelled(
            ORDER, CancellationCause.BUYER_BEFORE_PAYMENT, Fault.BUYER, true, MONDAY_NINE);
    assertThat(reactions.toOrder(fact(message, 6)))
        .isEqualTo(tell(new CancelOrder(new Source(EVENT, "OrderCancelled", 6), true)));
  }

  @Test
  void a_delivery_brings_the_cash_that_is_due() {
    assertThat(reactions.toOrder(fact(delivered(TOTAL), 7)))
        .isEqualTo(tell(new CollectCash(new Source(EVENT, "OrderDelivered", 7), TOTAL)));
    assertThat(reactions.toOrder(fact(delivered(0), 7)))
        .isEqualTo(tell(new NoteOrder(new Source(EVENT, "OrderDelivered", 7))));
  }

  @Test
  void any_other_record_of_the_order_is_noted_for_its_place_in_the_stream() {
    assertThat(reactions.toOrder(fact(new OrderCompleted(ORDER, MONDAY_NINE), 8)))
        .isEqualTo(tell(new NoteOrder(new Source(EVENT, "OrderCompleted", 8))));
  }

  @Test
  void a_closed_window_names_what_must_be_read_before_the_seller_is_paid() {
    Fact<DisputeMessage> fact =
        new Fact<>(
            EVENT,
            "AfterSaleClosed",
            "aftersale-" + ORDER,
            9,
            ORDER.value(),
            MONDAY_NINE,
            trace(),
            new AfterSaleClosed(ORDER, WhyClosed.WINDOW_ENDED, MONDAY_NINE, 7));
    assertThat(reactions.toDispute(fact))
        .isEqualTo(tell(new CloseAfterSale(new Source(EVENT, "AfterSaleClosed", null), 7)));
  }

  @Test
  void an_award_and_an_accepted_return_are_refunded() {
    var disputeId = new DisputeId(id(70));
    var returnId = new ReturnId(id(71));
    assertThat(reactions.toDispute(dispute(resolved(disputeId, DisputeSettlement.AWARD))))
        .isEqualTo(
            tell(
                new CauseRefund(
                    new Source(EVENT, "DisputeResolved", null),
                    new Cause(RefundCause.DISPUTE, disputeId.value()),
                    500)));
    assertThat(
            reactions.toDispute(
                dispute(
                    new DisputeMessage.ReturnAccepted(
                        ORDER,
                        returnId,
                        ReturnAcceptance.SELLER_SILENT,
                        Units.NONE,
                        800,
                        MONDAY_NINE))))
        .isEqualTo(
            tell(
                new CauseRefund(
                    new Source(EVENT, "ReturnAccepted", null),
                    new Cause(RefundCause.RETURN, returnId.value()),
                    800)));
  }

  @Test
  void a_case_is_open_until_its_end_is_told() {
    var disputeId = new DisputeId(id(70));
    var returnId = new ReturnId(id(71));
    var opened =
        new DisputeMessage.DisputeOpened(
            ORDER,
            disputeId,
            ANA,
            LIN,
            Units.NONE,
            DisputeReason.DAMAGED,
            Remedy.REFUND_ONLY,
            500,
            500,
            "USD",
            "Broken.",
            MONDAY_NINE,
            after(120),
            after(168));
    assertThat(reactions.toDispute(dispute(opened)))
        .isEqualTo(tell(new NoteCaseOpen(noted("DisputeOpened"), disputeId.value())));
    var requested =
        new DisputeMessage.ReturnRequested(
            ORDER,
            returnId,
            null,
            null,
            Units.NONE,
            ReturnReason.NO_LONGER_NEEDED,
            true,
            800,
            MONDAY_NINE,
            after(120));
    assertThat(reactions.toDispute(dispute(requested)))
        .isEqualTo(tell(new NoteCaseOpen(noted("ReturnRequested"), returnId.value())));
    for (var settledBy :
        List.of(
            DisputeSettlement.RETURN, DisputeSettlement.CANCELLATION, DisputeSettlement.NOTHING)) {
      assertEnds(resolved(disputeId, settledBy), disputeId.value());
    }
    assertEnds(
        new DisputeMessage.DisputeWithdrawn(ORDER, disputeId, MONDAY_NINE), disputeId.value());
    assertEnds(
        new DisputeMessage.ReturnAccepted(
            ORDER, returnId, ReturnAcceptance.RULING, Units.NONE, 0, MONDAY_NINE),
        returnId.value());
    assertEnds(
        new DisputeMessage.ReturnRejected(ORDER, returnId, "Worn.", MONDAY_NINE), returnId.value());
    assertEnds(
        new DisputeMessage.ReturnClosed(ORDER, returnId, ReturnEnd.EXPIRED, MONDAY_NINE),
        returnId.value());
  }

  private void assertEnds(DisputeMessage message, UUID caseId) {
    assertThat(reactions.toDispute(dispute(message)))
        .as("%s", message)
        .isEqualTo(tell(new NoteCaseEnd(noted(message.getClass().getSimpleName()), caseId)));
  }

  private static Source noted(String type) {
    return new Source(EVENT, type, null);
  }

  @Test
  void a_parcel_that_leaves_is_noted_and_nothing_else_of_the_seller() {
    var shipmentId = new ShipmentId(id(80));
    assertThat(
            reactions.toSeller(
                seller(
                    new SellerMessage.ShipmentDispatched(
                        ORDER,
                        shipmentId,
                        LIN,
                        Units.NONE,
                        "POST",
                        "T-1",
                        MONDAY_NINE,
                        after(720),
                        null))))
        .isEqualTo(tell(new NoteShipment(noted("ShipmentDispatched"), shipmentId)));
    assertThat(reactions.toSeller(seller(new SellerMessage.ProcessingStarted(ORDER, MONDAY_NINE))))
        .isEqualTo(Reaction.nothing());
  }

  private static Fact<SellerMessage> seller(SellerMessage message) {
    return new Fact<>(
        EVENT,
        message.getClass().getSimpleName(),
        "fulfilment-" + ORDER,
        4,
        ORDER.value(),
        MONDAY_NINE,
        trace(),
        message);
  }

  private static DisputeMessage resolved(DisputeId id, DisputeSettlement settledBy) {
    return new DisputeMessage.DisputeResolved(
        ORDER,
        id,
        LIN,
        DisputeEnd.RULING,
        Remedy.REFUND_ONLY,
        500,
        Fault.SELLER,
        false,
        settledBy,
        Units.NONE,
        MONDAY_NINE);
  }

  private static Fact<DisputeMessage> dispute(DisputeMessage message) {
    return new Fact<>(
        EVENT,
        message.getClass().getSimpleName(),
        "aftersale-" + ORDER,
        9,
        ORDER.value(),
        MONDAY_NINE,
        trace(),
        message);
  }

  private static Response tell(LedgerCommand command) {
    return Reaction.tell(RefundReactions.streamOf(ORDER), command);
  }

  private static OrderPlaced placed(String policyId) {
    return new OrderPlaced(
        ORDER,
        ANA,
        LIN,
        "USD",
        List.of(),
        TOTAL,
        0,
        0,
        TOTAL,
        null,
        PaymentMethod.CARD,
        new Destination(new AddressId(id(8)), "US"),
        MONDAY_NINE,
        after(480),
        policyId,
        null,
        null);
  }

  private static OrderUnitsCancelled unitsCancelled(long refundMinor) {
    return new OrderUnitsCancelled(
        ORDER,
        new SettlementId(SETTLEMENT.id()),
        null,
        CancellationCause.SELLER_CANCELLED,
        Fault.SELLER,
        Units.NONE,
        refundMinor,
        0,
        0,
        false,
        MONDAY_NINE);
  }

  private static OrderDelivered delivered(long dueMinor) {
    return new OrderDelivered(
        ORDER, DeliveryBasis.CARRIER, MONDAY_NINE, after(360), Units.NONE, dueMinor);
  }

  private static Fact<OrderMessage> fact(OrderMessage message, int version) {
    var type = message.getClass().getSimpleName();
    Instant time = MONDAY_NINE;
    return new Fact<>(
        EVENT, type, "order-" + ORDER, version, ORDER.value(), time, trace(), message);
  }

  private static Trace trace() {
    return new Trace(id(60), EVENT, "HARNESS", Origin.SERVICE, null, null);
  }
}
