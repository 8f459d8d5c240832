package marketplace.seller.process;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerCancellationReason;
import marketplace.kernel.SilenceOutcome;
import marketplace.seller.domain.account.SellerAccount;
import marketplace.seller.domain.account.SellerAccountCommand.Penalise;
import marketplace.seller.domain.fulfilment.FulfilmentEvent;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FaultNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerCancelled;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerTimedOut;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ShipDeadlineMissed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What happens to an order and stands in the seller's record (domain, section 11).
class SellerFollowUpsTest {
  private static final UUID EVENT = StoredEvent.eventId(stream(), 5);

  private static StreamId stream() {
    return SellerReactions.fulfilmentOf(ORDER);
  }

  @ParameterizedTest
  @EnumSource(SilenceOutcome.class)
  void a_request_whose_time_has_passed_counts_whatever_came_of_it(SilenceOutcome outcome) {
    var waited = Duration.ofHours(72);
    assertThat(
            asked(
                new SellerTimedOut(
                    ORDER, REQUEST, LIN, REPLY_BY, waited, outcome, ONE_LAMP, REPLY_BY)))
        .isEqualTo(penalty(PenaltyCode.REPLY_TIMEOUT, REQUEST.value()));
  }

  @Test
  void a_cancellation_by_the_seller_counts_where_it_is_his_fault() {
    assertThat(asked(cancelled(SellerCancellationReason.OUT_OF_STOCK)))
        .isEqualTo(penalty(PenaltyCode.SELLER_CANCELLED, EVENT));
    assertThat(asked(cancelled(SellerCancellationReason.UNDELIVERABLE_ADDRESS))).isEmpty();
  }

  @Test
  void a_missed_shipping_deadline_counts() {
    assertThat(asked(new ShipDeadlineMissed(ORDER, LIN, SHIP_BY, ALL, SHIP_BY, null)))
        .isEqualTo(penalty(PenaltyCode.SHIP_DEADLINE_MISSED, EVENT));
  }

  @Test
  void what_others_have_found_counts_by_its_own_cause() {
    assertThat(
            asked(
                new FaultNoted(
                    fact("DisputeResolved"),
                    ORDER,
                    LIN,
                    PenaltyCode.DISPUTE_LOST,
                    DISPUTE.value())))
        .isEqualTo(penalty(PenaltyCode.DISPUTE_LOST, DISPUTE.value()));
  }

  @Test
  void everything_that_asks_for_something_is_read() {
    var followed = SellerFollowUps.OF_FULFILMENT;
    assertThat(followed.concern(cancelled(SellerCancellationReason.OTHER))).isTrue();
    assertThat(followed.concern(OPENED)).isFalse();
    assertThat(asked(OPENED)).isEmpty();
  }

  private static SellerCancelled cancelled(SellerCancellationReason reason) {
    return new SellerCancelled(
        ORDER, LIN, ONE_LAMP, reason, reason.fault(), "sorry", hours(3), null);
  }

  private static List<Reaction.Step> penalty(PenaltyCode code, UUID causeId) {
    return List.of(
        new Reaction.Step(SellerAccount.streamOf(LIN), new Penalise(code, causeId, ORDER), false));
  }

  private static List<Reaction.Step> asked(FulfilmentEvent event) {
    var trace = new Trace(uuid(50), uuid(51), "SELLER:" + LIN, Origin.SERVICE, null, null);
    return SellerFollowUps.OF_FULFILMENT
        .steps()
        .apply(
            new StoredEvent<>(
                7, EVENT, stream(), 5, 4, true, "any", event, trace, hours(3), hours(3)));
  }
}
