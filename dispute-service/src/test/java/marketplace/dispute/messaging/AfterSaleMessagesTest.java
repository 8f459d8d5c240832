package marketplace.dispute.messaging;

import static marketplace.dispute.AfterSaleFixtures.ANA;
import static marketplace.dispute.AfterSaleFixtures.ARRIVED;
import static marketplace.dispute.AfterSaleFixtures.BOTH;
import static marketplace.dispute.AfterSaleFixtures.CANCELLED;
import static marketplace.dispute.AfterSaleFixtures.CONTACTED;
import static marketplace.dispute.AfterSaleFixtures.DELIVERED;
import static marketplace.dispute.AfterSaleFixtures.DISPUTE;
import static marketplace.dispute.AfterSaleFixtures.EACH;
import static marketplace.dispute.AfterSaleFixtures.FULLY_REFUNDED;
import static marketplace.dispute.AfterSaleFixtures.LIN;
import static marketplace.dispute.AfterSaleFixtures.MONDAY_NINE;
import static marketplace.dispute.AfterSaleFixtures.OFFER;
import static marketplace.dispute.AfterSaleFixtures.ONE;
import static marketplace.dispute.AfterSaleFixtures.ONE_CANCELLED;
import static marketplace.dispute.AfterSaleFixtures.ORDER;
import static marketplace.dispute.AfterSaleFixtures.OVERRAN;
import static marketplace.dispute.AfterSaleFixtures.PHOTO;
import static marketplace.dispute.AfterSaleFixtures.PLACED;
import static marketplace.dispute.AfterSaleFixtures.REFUSED;
import static marketplace.dispute.AfterSaleFixtures.RETURN;
import static marketplace.dispute.AfterSaleFixtures.SHIPPED;
import static marketplace.dispute.AfterSaleFixtures.closed;
import static marketplace.dispute.AfterSaleFixtures.days;
import static marketplace.dispute.AfterSaleFixtures.id;
import static marketplace.dispute.AfterSaleFixtures.source;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import marketplace.contracts.MessageFamily;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEscalated;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEvidenceAdded;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferMade;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferRejected;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOpened;
import marketplace.dispute.domain.AfterSaleEvent.DisputeResolved;
import marketplace.dispute.domain.AfterSaleEvent.DisputeRulingOverdue;
import marketplace.dispute.domain.AfterSaleEvent.DisputeWithdrawn;
import marketplace.dispute.domain.AfterSaleEvent.ReceiptNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAccepted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAgreedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnApproved;
import marketplace.dispute.domain.AfterSaleEvent.ReturnClosed;
import marketplace.dispute.domain.AfterSaleEvent.ReturnContested;
import marketplace.dispute.domain.AfterSaleEvent.ReturnEvidenceAdded;
import marketplace.dispute.domain.AfterSaleEvent.ReturnParcelDelivered;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRejected;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRequested;
import marketplace.dispute.domain.AfterSaleEvent.ReturnShipped;
import marketplace.dispute.domain.AfterSaleEvent.ReviewResumed;
import marketplace.dispute.domain.AfterSaleEvent.RulingMade;
import marketplace.dispute.domain.AfterSaleEvent.StopNoted;
import marketplace.dispute.domain.AfterSaleEvent.StopRefusedNoted;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.EscalatedBy;
import marketplace.kernel.Fault;
import marketplace.kernel.LabelId;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnAcceptance;
import marketplace.kernel.ReturnApproval;
import marketplace.kernel.ReturnEnd;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.RuledBy;
import marketplace.kernel.ShippingPayer;
import marketplace.kernel.Uphold;
import marketplace.testkit.GoldenFile;
import org.junit.jupiter.api.Test;

/// Golden files: what is on disk for ever, and what the others were promised.
class AfterSaleMessagesTest {
  private static final List<AfterSaleEvent> ONE_OF_EACH =
      List.of(
          PLACED,
          ONE_CANCELLED,
          CANCELLED,
          SHIPPED,
          ARRIVED,
          DELIVERED,
          new ReceiptNoted(source(41, "ReceiptConfirmed")),
          REFUSED,
          CONTACTED,
          new ReturnAgreedNoted(source(42, "ReturnAgreed"), ONE, days(9)),
          FULLY_REFUNDED,
          new StopNoted(source(43, "FulfilmentStopped"), DISPUTE),
          new StopRefusedNoted(source(44, "FulfilmentStopRefused"), DISPUTE, days(3)),
          OVERRAN,
          closed(Why.WINDOW_ENDED, days(25), 7),
          new DisputeOpened(
              ORDER,
              DISPUTE,
              ANA,
              LIN,
              ONE,
              DisputeReason.DAMAGED,
              Remedy.REFUND_ONLY,
              EACH,
              EACH,
              "USD",
              "It is broken.",
              days(9),
              days(14),
              days(16)),
          new DisputeEvidenceAdded(ORDER, DISPUTE, CaseParty.BUYER, PHOTO, days(9)),
          new DisputeOfferMade(
              ORDER,
              DISPUTE,
              OFFER,
              CaseParty.BUYER,
              Remedy.REFUND_ONLY,
              500,
              "Half?",
              days(10),
              days(15)),
          new DisputeOfferRejected(ORDER, DISPUTE, OFFER, CaseParty.BUYER, "", days(11)),
          new DisputeEscalated(ORDER, DISPUTE, EscalatedBy.BUYER, days(12), days(19)),
          new DisputeRulingOverdue(ORDER, DISPUTE, days(19)),
          new RulingMade(
              ORDER,
              DISPUTE,
              ONE,
              RuledBy.PLATFORM,
              Uphold.PARTIAL,
              300,
              Fault.SELLER,
              false,
              false,
              "So be it.",
              days(20)),
          new ReviewResumed(ORDER, DISPUTE, days(19)),
          new DisputeResolved(
              ORDER,
              DISPUTE,
              LIN,
              DisputeEnd.RULING,
              Remedy.REFUND_ONLY,
              300,
              Fault.SELLER,
              false,
              DisputeSettlement.AWARD,
              ONE,
              days(20)),
          new DisputeWithdrawn(ORDER, DISPUTE, days(12)),
          new ReturnRequested(
              ORDER,
              RETURN,
              DISPUTE,
              null,
              BOTH,
              ReturnReason.WRONG_ITEM,
              false,
              2 * EACH,
              "Blue, not green.",
              days(11),
              days(16)),
          new ReturnEvidenceAdded(ORDER, RETURN, CaseParty.SELLER, PHOTO, days(11)),
          new ReturnApproved(
              ORDER,
              RETURN,
              ReturnApproval.PLATFORM,
              ShippingPayer.SELLER,
              new LabelId(id(45)),
              "Send it back.",
              days(12),
              days(22)),
          new ReturnRejected(ORDER, RETURN, "It was worn.", days(12)),
          new ReturnShipped(ORDER, RETURN, "BACK-1", days(14)),
          new ReturnParcelDelivered(ORDER, RETURN, days(20), days(30)),
          new ReturnContested(ORDER, RETURN, "It is scratched.", days(21)),
          new ReturnAccepted(
              ORDER, RETURN, ReturnAcceptance.SELLER_CONFIRMED, BOTH, 2 * EACH, days(21)),
          new ReturnClosed(ORDER, RETURN, ReturnEnd.EXPIRED, days(22)));

  @Test
  void stored_events_are_written_and_read_as_on_the_first_day() {
    var codec = AfterSaleCodec.create();
    for (var event : ONE_OF_EACH) {
      var name = codec.nameOf(event);
      GoldenFile.assertMatches(name + ".json", codec.encode(event));
      assertThat(codec.decode(name, GoldenFile.read(name + ".json"))).isEqualTo(event);
    }
  }

  @Test
  void what_was_stored_before_there_were_cases_is_still_read() {
    var codec = AfterSaleCodec.create();
    var written = ONE_OF_EACH.stream().map(codec::nameOf).collect(Collectors.toSet());
    var old = new TreeSet<>(codec.readable().keySet());
    old.removeAll(written);
    assertThat(old)
        .containsExactly(
            "aftersale.cancellation-noted.v1",
            "aftersale.delivery-noted.v1",
            "aftersale.placement-noted.v1",
            "aftersale.refund-noted.v1",
            "aftersale.shipment-noted.v1",
            "aftersale.units-cancelled-noted.v1");
    for (var name : old) {
      assertThat(codec.decode(name, GoldenFile.read(name + ".json"))).as(name).isNotNull();
    }
    var placed =
        (AfterSaleEvent.PlacementNoted)
            codec.decode(
                "aftersale.placement-noted.v1",
                GoldenFile.read("aftersale.placement-noted.v1.json"));
    assertThat(placed.sale().orderId()).isEqualTo(ORDER);
    assertThat(placed.sale().units()).isEqualTo(BOTH);
    assertThat(placed.sale().totalMinor()).isZero();
  }

  @Test
  void the_others_are_told_of_all_but_the_notes() {
    var publications = new AfterSalePublications();
    var told = new TreeSet<String>();
    for (var event : ONE_OF_EACH) {
      var message = publications.messageFor(stored(event));
      if (message.isEmpty()) continue;
      var type = message.get().type();
      told.add(type);
      var file = event instanceof ReturnEvidenceAdded ? type + "-of-return" : type;
      GoldenFile.assertMatches("message." + file + ".v1.json", message.get().data());
      assertThat(message.get().topic()).isEqualTo("dispute.events.v1");
      assertThat(message.get().key()).isEqualTo(ORDER.toString());
      assertThat(message.get().dataSchema()).isEqualTo("urn:marketplace:schema:" + type + ":v1");
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(MessageFamily.DISPUTE.types());
  }

  private static StoredEvent<AfterSaleEvent> stored(AfterSaleEvent event) {
    return new StoredEvent<>(
        1,
        id(60),
        new StreamId("aftersale", ORDER.value()),
        1,
        0,
        true,
        AfterSaleCodec.create().nameOf(event),
        event,
        new Trace(id(51), id(50), "DEADLINE", Origin.SERVICE, null, null),
        MONDAY_NINE,
        MONDAY_NINE);
  }
}
