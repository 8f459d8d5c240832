package marketplace.dispute.process;

import static marketplace.dispute.AfterSaleFixtures.ANA;
import static marketplace.dispute.AfterSaleFixtures.BOTH;
import static marketplace.dispute.AfterSaleFixtures.CUPS;
import static marketplace.dispute.AfterSaleFixtures.DISPUTE;
import static marketplace.dispute.AfterSaleFixtures.LIN;
import static marketplace.dispute.AfterSaleFixtures.MONDAY_NINE;
import static marketplace.dispute.AfterSaleFixtures.ONE;
import static marketplace.dispute.AfterSaleFixtures.ORDER;
import static marketplace.dispute.AfterSaleFixtures.OUTER_END;
import static marketplace.dispute.AfterSaleFixtures.PARCEL;
import static marketplace.dispute.AfterSaleFixtures.REFUND;
import static marketplace.dispute.AfterSaleFixtures.REQUEST;
import static marketplace.dispute.AfterSaleFixtures.SETTLEMENT;
import static marketplace.dispute.AfterSaleFixtures.days;
import static marketplace.dispute.AfterSaleFixtures.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import marketplace.contracts.Message;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.DeliveryBasis;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.SellerMessage;
import marketplace.contracts.SellerMessage.Correspondent;
import marketplace.contracts.SellerMessage.WhyDeclined;
import marketplace.contracts.SellerMessage.WhyNotStopped;
import marketplace.dispute.domain.AfterSaleCommand.TakeNote;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.ContactNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.Noted;
import marketplace.dispute.domain.AfterSaleEvent.ParcelNoted;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.RequestEndedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ShipmentNoted;
import marketplace.dispute.domain.AfterSaleEvent.Source;
import marketplace.dispute.domain.AfterSaleEvent.StopNoted;
import marketplace.dispute.domain.AfterSaleEvent.StopRefusedNoted;
import marketplace.dispute.domain.AfterSaleEvent.UnitsCancelledNoted;
import marketplace.dispute.domain.Parcel;
import marketplace.dispute.domain.Sale;
import marketplace.eventsourcing.Fact;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.kernel.AddressId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.Fault;
import marketplace.kernel.MessageId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.Policies;
import marketplace.kernel.ProductId;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SilenceOutcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AfterSaleReactionsTest {
  private static final StreamId STREAM = new StreamId("aftersale", ORDER.value());

  private final AfterSaleReactions reactions = new AfterSaleReactions(new Policies());

  @Test
  void opens_a_window_for_a_placed_order() {
    assertThat(reactions.toOrder(fact(placed("STANDARD_72H"), 1)))
        .isEqualTo(
            Reaction.open(
                STREAM,
                new TakeNote(
                    new PlacementNoted(
                        source("OrderPlaced"),
                        new Sale(
                            ORDER,
                            ANA,
                            LIN,
                            "USD",
                            List.of(new Sale.Line(CUPS, 2, 1234, ReturnPolicy.NONE)),
                            0,
                            1234,
                            false,
                            Sale.Terms.of(Policies.STANDARD_72H)),
                        OUTER_END,
                        1))));
  }

  @Test
  void waits_for_terms_that_it_does_not_know_yet() {
    assertThat(reactions.toOrder(fact(placed("GENEROUS"), 1)))
        .isEqualTo(new Reaction.Await("policy:GENEROUS"));
  }

  @Test
  void takes_note_of_units_that_were_cancelled() {
    var message =
        new OrderMessage.OrderUnitsCancelled(
            ORDER,
            SETTLEMENT,
            null,
            CancellationCause.SELLER_CANCELLED,
            Fault.SELLER,
            ONE,
            617,
            0,
            0,
            false,
            days(1));
    assertThat(reactions.toOrder(fact(message, 5)))
        .isEqualTo(
            note(
                new UnitsCancelledNoted(
                    source("OrderUnitsCancelled"),
                    SETTLEMENT,
                    CancellationCause.SELLER_CANCELLED,
                    ONE,
                    5)));
  }

  @Test
  void takes_note_of_a_cancelled_order() {
    var message =
        new OrderMessage.OrderCancelled(
            ORDER, CancellationCause.PAYMENT_DEADLINE_MISSED, Fault.BUYER, true, days(20));
    assertThat(reactions.toOrder(fact(message, 2)))
        .isEqualTo(
            note(
                new CancellationNoted(
                    source("OrderCancelled"), CancellationCause.PAYMENT_DEADLINE_MISSED, 2)));
  }

  @Test
  void takes_note_of_a_delivery() {
    var message =
        new OrderMessage.OrderDelivered(ORDER, DeliveryBasis.CARRIER, days(10), days(25), BOTH, 0);
    assertThat(reactions.toOrder(fact(message, 7)))
        .isEqualTo(note(new DeliveryNoted(source("OrderDelivered"), days(25), false, 0, 7)));
  }

  @Test
  void counts_no_version_for_an_injected_event_without_one() {
    var message =
        new OrderMessage.OrderCancelled(
            ORDER, CancellationCause.PAYMENT_DEADLINE_MISSED, Fault.BUYER, true, days(20));
    assertThat(reactions.toOrder(fact(message, null)))
        .isEqualTo(
            note(
                new CancellationNoted(
                    source("OrderCancelled"), CancellationCause.PAYMENT_DEADLINE_MISSED, 0)));
  }

  @Test
  void takes_note_of_a_shipment() {
    var message =
        new SellerMessage.ShipmentDispatched(
            ORDER, PARCEL, LIN, BOTH, "POST", "TRK-1", days(1), days(31), null);
    assertThat(reactions.toSeller(fact(message, 2)))
        .isEqualTo(
            note(new ShipmentNoted(source("ShipmentDispatched"), PARCEL, BOTH, "TRK-1", days(31))));
  }

  @Test
  void takes_note_of_a_refund() {
    var message =
        new RefundMessage.RefundIssued(
            ORDER,
            REFUND,
            ANA,
            RefundCause.GOODWILL,
            id(70),
            1234,
            "USD",
            RefundChannel.ORIGINAL_METHOD,
            PaymentMethod.CARD,
            null,
            1,
            days(2),
            days(30),
            1234,
            1234,
            true);
    assertThat(reactions.toRefund(fact(message, 5)))
        .isEqualTo(note(new RefundNoted(source("RefundIssued"), REFUND, true, 1234)));
  }

  @Test
  void takes_note_of_what_becomes_of_a_parcel() {
    assertThat(parcel(new SellerMessage.ParcelDelivered(ORDER, PARCEL, days(9))))
        .isEqualTo(parcel("ParcelDelivered", Parcel.State.DELIVERED));
    assertThat(parcel(new SellerMessage.ParcelLost(ORDER, PARCEL, days(9))))
        .isEqualTo(parcel("ParcelLost", Parcel.State.LOST));
    assertThat(parcel(new SellerMessage.DeliveryRefused(ORDER, PARCEL, days(9))))
        .isEqualTo(parcel("DeliveryRefused", Parcel.State.REFUSED));
    assertThat(parcel(new SellerMessage.ParcelReturnedToSender(ORDER, PARCEL, days(9))))
        .isEqualTo(parcel("ParcelReturnedToSender", Parcel.State.RETURNED));
  }

  private Reaction.Response parcel(SellerMessage message) {
    return reactions.toSeller(fact(message, 3));
  }

  private static Reaction.Response parcel(String type, Parcel.State state) {
    return note(new ParcelNoted(source(type), PARCEL, state));
  }

  @Test
  void asks_of_a_request_only_whether_it_was_refused() {
    var declined =
        new SellerMessage.SellerDeclined(
            ORDER, REQUEST, LIN, WhyDeclined.SELLER_REFUSED, "No.", days(1), 60);
    var tooLate =
        new SellerMessage.SellerDeclined(
            ORDER, REQUEST, LIN, WhyDeclined.ALREADY_SHIPPED, null, days(1), 60);
    var silent =
        new SellerMessage.SellerTimedOut(
            ORDER,
            REQUEST,
            LIN,
            days(3),
            Duration.ofHours(72),
            SilenceOutcome.DECLINE,
            ONE,
            days(3));
    assertThat(parcel(declined)).isEqualTo(ended("SellerDeclined", true));
    assertThat(parcel(tooLate)).isEqualTo(ended("SellerDeclined", false));
    assertThat(parcel(silent)).isEqualTo(ended("SellerTimedOut", true));
    assertThat(parcel(new SellerMessage.CancellationWithdrawn(ORDER, REQUEST, days(1))))
        .isEqualTo(ended("CancellationWithdrawn", false));
  }

  private static Reaction.Response ended(String type, boolean refused) {
    return note(new RequestEndedNoted(source(type), REQUEST, refused));
  }

  @Test
  void takes_note_of_the_buyer_s_messages_only() {
    assertThat(parcel(written(Correspondent.BUYER, Correspondent.SELLER)))
        .isEqualTo(note(new ContactNoted(source("MessageSent"), new MessageId(id(71)))));
    assertThat(parcel(written(Correspondent.SELLER, Correspondent.BUYER)))
        .isEqualTo(Reaction.nothing());
  }

  private static SellerMessage written(Correspondent from, Correspondent to) {
    return new SellerMessage.MessageSent(
        ORDER, new MessageId(id(71)), from, to, null, "Hello", days(1));
  }

  @Test
  void hears_what_came_of_a_ruling() {
    assertThat(
            parcel(
                new SellerMessage.FulfilmentStopped(
                    ORDER, DISPUTE, ONE, Fault.SELLER, days(4), null)))
        .isEqualTo(note(new StopNoted(source("FulfilmentStopped"), DISPUTE)));
    assertThat(
            parcel(
                new SellerMessage.FulfilmentStopRefused(
                    ORDER, DISPUTE, WhyNotStopped.UNITS_NOT_OPEN, days(4))))
        .isEqualTo(note(new StopRefusedNoted(source("FulfilmentStopRefused"), DISPUTE, days(4))));
  }

  @Test
  void has_no_business_with_the_rest() {
    assertThat(reactions.toOrder(fact(new OrderMessage.OrderCompleted(ORDER, days(30)), 9)))
        .isEqualTo(Reaction.nothing());
    assertThat(reactions.toSeller(fact(new SellerMessage.ProcessingStarted(ORDER, days(1)), 2)))
        .isEqualTo(Reaction.nothing());
    assertThat(
            reactions.toRefund(fact(new RefundMessage.RefundSettled(ORDER, REFUND, 1, days(9)), 6)))
        .isEqualTo(Reaction.nothing());
  }

  private static Reaction.Response note(Noted fact) {
    return Reaction.tell(STREAM, new TakeNote(fact));
  }

  private static Source source(String type) {
    return new Source(id(50), type);
  }

  private static <M extends Message> Fact<M> fact(M message, @Nullable Integer version) {
    return new Fact<>(
        id(50),
        message.getClass().getSimpleName(),
        "order-" + ORDER,
        version,
        ORDER.value(),
        MONDAY_NINE,
        new Trace(id(51), id(50), "BUYER:" + ANA, Origin.SERVICE, null, null),
        message);
  }

  private static OrderMessage.OrderPlaced placed(String policyId) {
    return new OrderMessage.OrderPlaced(
        ORDER,
        ANA,
        LIN,
        "USD",
        List.of(
            new OrderMessage.Line(
                CUPS, new ProductId(id(8)), "Cup", 617, 2, 1234, ReturnPolicy.NONE)),
        1234,
        0,
        0,
        1234,
        null,
        PaymentMethod.CARD,
        new OrderMessage.Destination(new AddressId(id(9)), "US"),
        MONDAY_NINE,
        days(20),
        policyId,
        null,
        null);
  }
}
