package marketplace.seller.messaging;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import marketplace.eventsourcing.EventCodec;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.kernel.Fault;
import marketplace.kernel.MessageId;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.NotificationId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerCancellationReason;
import marketplace.kernel.SellerStanding;
import marketplace.kernel.SellerType;
import marketplace.kernel.SilenceOutcome;
import marketplace.seller.domain.account.SellerAccountEvent;
import marketplace.seller.domain.account.SellerAccountEvent.PointsLapsed;
import marketplace.seller.domain.account.SellerAccountEvent.RestrictionEnded;
import marketplace.seller.domain.account.SellerAccountEvent.SellerPenalised;
import marketplace.seller.domain.account.SellerAccountEvent.SellerRegistered;
import marketplace.seller.domain.account.SellerAccountEvent.SellerStandingChanged;
import marketplace.seller.domain.account.SellerAccountEvent.SellerTold;
import marketplace.seller.domain.conversation.ConversationEvent;
import marketplace.seller.domain.conversation.ConversationEvent.MessageSent;
import marketplace.seller.domain.conversation.ConversationEvent.PartiesNoted;
import marketplace.seller.domain.conversation.MessageTemplate;
import marketplace.seller.domain.conversation.Party;
import marketplace.seller.domain.fulfilment.FulfilmentEvent;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.*;
import marketplace.seller.domain.fulfilment.SellerTemplate;
import marketplace.seller.domain.product.ProductEvent;
import marketplace.seller.domain.product.ProductEvent.ProductListed;
import marketplace.seller.domain.product.ProductEvent.ProductPriceChanged;
import marketplace.testkit.GoldenFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What is on disk, and what was said to others because of it: pairs that never change.
class SellerPromisesTest {
  private static final Instant AT = hours(2);

  private static final List<FulfilmentEvent> FULFILMENT =
      List.of(
          PLACED,
          REQUESTED,
          new RefundNoted(fact("OrderUnitsCancelled"), REQUEST, 900),
          new FaultNoted(
              fact("DisputeResolved"), ORDER, LIN, PenaltyCode.DISPUTE_LOST, DISPUTE.value()),
          new ReviewNoted(fact("SellerReviewed"), 4, AT),
          noted("OrderReadyToShip"),
          OPENED,
          new ProcessingStarted(ORDER, AT),
          new SellerApproved(
              ORDER, REQUEST, LIN, ApprovedBy.OFFER_ACCEPTED, ONE_LAMP, 500L, null, AT, 3600),
          new SellerDeclined(
              ORDER, REQUEST, LIN, WhyDeclined.SELLER_REFUSED, "already packed", AT, 3600),
          new SellerTimedOut(
              ORDER,
              REQUEST,
              LIN,
              REPLY_BY,
              Duration.ofHours(72),
              SilenceOutcome.APPROVE,
              ONE_LAMP,
              REPLY_BY),
          OFFERED,
          new PartialRefundOfferRejected(ORDER, REQUEST, OFFER, hours(12), hours(75)),
          new PartialRefundOfferLapsed(ORDER, REQUEST, OFFER, ANSWER_BY, ANSWER_BY),
          new CancellationWithdrawn(ORDER, REQUEST, AT),
          new SellerReminded(ORDER, REQUEST, LIN, Duration.ofHours(24), hours(25)),
          new SellerCancelled(
              ORDER,
              LIN,
              ONE_LAMP,
              SellerCancellationReason.OUT_OF_STOCK,
              Fault.SELLER,
              null,
              AT,
              REQUEST),
          new ShipDeadlineMissed(ORDER, LIN, SHIP_BY, ALL, SHIP_BY, null),
          new FulfilmentStopped(ORDER, DISPUTE, ONE_LAMP, Fault.SELLER, AT, null),
          new FulfilmentStopRefused(ORDER, DISPUTE, AT),
          shipped(ALL, AT),
          new ParcelInTransit(ORDER, PARCEL, AT),
          new ParcelDelivered(ORDER, PARCEL, AT),
          new DeliveryRefused(ORDER, PARCEL, AT),
          new ParcelReturnedToSender(ORDER, PARCEL, AT),
          new ParcelLost(ORDER, PARCEL, AT),
          new ReturnAgreed(ORDER, LIN, ONE_LAMP, null, AT),
          new SellerNotified(
              ORDER,
              new NotificationId(uuid(23)),
              LIN,
              SellerTemplate.REQUEST_RECEIVED,
              SellerTemplate.REQUEST_RECEIVED.subject(ORDER),
              NoticeDetails.NONE.amount(900).in("USD").until(REPLY_BY),
              AT));
  private static final List<ConversationEvent> CONVERSATION =
      List.of(
          new PartiesNoted(fact("OrderPlaced"), ORDER, ANA, LIN, 10),
          new MessageSent(
              ORDER,
              new MessageId(uuid(21)),
              Party.BUYER,
              MessageTemplate.DUPLICATE,
              "Hello, I placed the same order twice.",
              AT));
  private static final List<SellerAccountEvent> ACCOUNTS =
      List.of(
          new SellerRegistered(LIN, "Lin's lamps", "CN", SellerType.STANDARD, MONDAY_NINE),
          new SellerPenalised(
              LIN, ORDER, PenaltyCode.REPLY_TIMEOUT, REQUEST.value(), 1, 12, REPLY_BY),
          new SellerStandingChanged(LIN, SellerStanding.WARNED, REPLY_BY),
          new PointsLapsed(LIN, 1, 11, REPLY_BY),
          new RestrictionEnded(LIN, AT),
          new SellerTold(
              LIN,
              ORDER,
              new NotificationId(uuid(24)),
              SellerTemplate.POINTS,
              SellerTemplate.POINTS.subject(ORDER),
              NoticeDetails.NONE.because(PenaltyCode.REPLY_TIMEOUT).until(REPLY_BY),
              AT));
  private static final List<ProductEvent> PRODUCTS =
      List.of(
          new ProductListed(
              new ProductId(uuid(20)),
              LIN,
              "Lamp",
              "lighting",
              450,
              "USD",
              List.of("US"),
              true,
              MONDAY_NINE),
          new ProductPriceChanged(new ProductId(uuid(20)), LIN, 450, 400, AT));

  @TestFactory
  Stream<DynamicTest> keeps_the_promises_of_a_fulfilment() {
    return promises(SellerCodecs.fulfilment(), FULFILMENT, SellerPublications::ofFulfilment);
  }

  @TestFactory
  Stream<DynamicTest> keeps_the_promises_of_a_conversation() {
    return promises(SellerCodecs.conversation(), CONVERSATION, SellerPublications::ofConversation);
  }

  @TestFactory
  Stream<DynamicTest> keeps_the_promises_of_an_account() {
    return promises(SellerCodecs.account(), ACCOUNTS, SellerPublications::ofAccount);
  }

  @TestFactory
  Stream<DynamicTest> keeps_the_promises_of_a_product() {
    return promises(SellerCodecs.product(), PRODUCTS, SellerPublications::ofProduct);
  }

  @Test
  void has_an_example_of_every_stored_name() {
    assertThat(FULFILMENT.stream().map(SellerCodecs.fulfilment()::nameOf))
        .containsExactlyInAnyOrderElementsOf(SellerCodecs.fulfilment().readable().keySet());
  }

  @Test
  void has_an_example_of_every_stored_name_of_an_account() {
    assertThat(ACCOUNTS.stream().map(SellerCodecs.account()::nameOf))
        .containsExactlyInAnyOrderElementsOf(SellerCodecs.account().readable().keySet());
  }

  @Test
  void tells_the_others_nothing_of_what_was_only_noted() {
    assertThat(FULFILMENT)
        .filteredOn(e -> SellerPublications.ofFulfilment(stored("any", e)).isEmpty())
        .allMatch(Noted.class::isInstance)
        .hasSize(6);
  }

  private static <E> Stream<DynamicTest> promises(
      EventCodec<E> codec,
      List<E> events,
      Function<StoredEvent<E>, Optional<Message>> publication) {
    return events.stream()
        .map(event -> {
          var name = codec.nameOf(event);
          return dynamicTest(
              name,
              () -> {
                GoldenFile.assertMatches("stored/" + name + ".json", codec.encode(event));
                assertThat(codec.decode(name, GoldenFile.read("stored/" + name + ".json")))
                    .isEqualTo(event);
                publication
                    .apply(stored(name, event))
                    .ifPresent(SellerPromisesTest::assertPromised);
              });
        });
  }

  private static void assertPromised(Message message) {
    GoldenFile.assertMatches(
        "messages/" + message.type() + ".json",
        String.join("\n", message.topic(), message.key(), message.dataSchema(), message.data()));
  }

  private static <E> StoredEvent<E> stored(String name, E event) {
    var stream = new StreamId("fulfilment", ORDER.value());
    var trace = new Trace(uuid(50), uuid(51), "SELLER:" + LIN, Origin.SERVICE, null, null);
    return new StoredEvent<>(
        0, StoredEvent.eventId(stream, 1), stream, 1, 0, false, name, event, trace, AT, AT);
  }
}
