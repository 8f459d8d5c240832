package marketplace.seller.domain.fulfilment;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import marketplace.eventsourcing.Echoing;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.NoticeDetails;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Inform;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerNotified;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.DuplicateFact;
import marketplace.testkit.DeciderFixture;
import org.junit.jupiter.api.Test;

/// The rows of the domain, section 12, that follow from the fulfilment's own events; and how often.
class FulfilmentNoticesTest {
  private static final List<Notice> RESOLVED_ONLY =
      List.of(
          new Notice(
              SellerTemplate.DISPUTE_RESOLVED, DISPUTE.value(), NoticeDetails.NONE.amount(250)));

  private final DeciderFixture<FulfilmentCommand, Fulfilment, FulfilmentEvent, FulfilmentRejection>
      fulfilment =
          DeciderFixture.of(new Echoing<>(new FulfilmentDecider(), FulfilmentNotices::echo));

  @Test
  void a_request_arrives() {
    fulfilment
        .given(PLACED, OPENED)
        .when(request(REQUEST, ONE_LAMP, REQUESTED_AT), REQUESTED_AT)
        .thenEmits(
            REQUESTED,
            told(
                SellerTemplate.REQUEST_RECEIVED,
                REQUEST,
                NoticeDetails.NONE
                    .amount(REFUND_IF_APPROVED)
                    .in("USD")
                    .because(CancellationReason.NO_LONGER_NEEDED)
                    .until(REPLY_BY)));
  }

  @Test
  void every_reminder_is_another_one() {
    var first = fulfilment.given(PLACED, OPENED, REQUESTED).whenNextDeadlinePasses();
    var second =
        fulfilment
            .given(PLACED, OPENED, REQUESTED)
            .and(first.emitted().toArray(FulfilmentEvent[]::new))
            .whenNextDeadlinePasses();
    assertThat(List.of(toldOf(first.emitted()), toldOf(second.emitted())))
        .allSatisfy(told ->
            assertThat(told)
                .singleElement()
                .satisfies(one -> {
                  assertThat(one.template()).isEqualTo(SellerTemplate.REQUEST_REMINDER);
                  assertThat(one.details().until()).isEqualTo(REPLY_BY);
                }));
    assertThat(toldOf(first.emitted()).getFirst().notificationId())
        .isNotEqualTo(toldOf(second.emitted()).getFirst().notificationId());
  }

  @Test
  void a_fact_is_told_once_whatever_its_id() {
    var first =
        fulfilment
            .given(PLACED, OPENED)
            .when(new Inform(fact("DisputeResolved"), RESOLVED_ONLY), hours(5));
    assertThat(toldOf(first.emitted()))
        .singleElement()
        .satisfies(told -> {
          assertThat(told.sellerId()).isEqualTo(LIN);
          assertThat(told.details().currency()).isEqualTo("USD");
        });
    fulfilment
        .given(PLACED, OPENED)
        .and(first.emitted().toArray(FulfilmentEvent[]::new))
        .when(new Inform(fact("DisputeResolved"), RESOLVED_ONLY), hours(6))
        .thenRefuses(new DuplicateFact());
  }

  private static SellerNotified told(
      SellerTemplate template, CancellationId about, NoticeDetails details) {
    return new SellerNotified(
        ORDER,
        new Notice(template, about.value(), details).id(),
        LIN,
        template,
        template.subject(ORDER),
        details,
        REQUESTED_AT);
  }

  private static List<SellerNotified> toldOf(List<FulfilmentEvent> events) {
    return events.stream()
        .filter(SellerNotified.class::isInstance)
        .map(SellerNotified.class::cast)
        .toList();
  }
}
