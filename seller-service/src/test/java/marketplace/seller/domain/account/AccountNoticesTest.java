package marketplace.seller.domain.account;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.LIN;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.MONDAY_NINE;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.ORDER;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.hours;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import marketplace.eventsourcing.Echoing;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerType;
import marketplace.seller.domain.account.SellerAccountCommand.Penalise;
import marketplace.seller.domain.account.SellerAccountEvent.SellerPenalised;
import marketplace.seller.domain.account.SellerAccountEvent.SellerRegistered;
import marketplace.seller.domain.account.SellerAccountEvent.SellerTold;
import marketplace.seller.domain.fulfilment.SellerTemplate;
import marketplace.testkit.DeciderFixture;
import org.junit.jupiter.api.Test;

/// What a seller is told of his record (domain, section 12).
class AccountNoticesTest {
  private static final SellerRegistered REGISTERED =
      new SellerRegistered(LIN, "Lin's lamps", "CN", SellerType.STANDARD, MONDAY_NINE);
  private static final SellerPenalised MISSED =
      new SellerPenalised(LIN, ORDER, PenaltyCode.SHIP_DEADLINE_MISSED, uuid(1), 3, 3, hours(24));

  private final DeciderFixture<
          SellerAccountCommand, SellerAccount, SellerAccountEvent, SellerAccountRejection>
      account = DeciderFixture.of(new Echoing<>(new SellerAccountDecider(), AccountNotices::echo));

  @Test
  void he_is_told_of_points_why_how_many_and_until_when() {
    var told =
        account
            .given(REGISTERED)
            .when(penalise(PenaltyCode.SHIP_DEADLINE_MISSED, 1), hours(24))
            .emitted();
    assertThat(told).hasSize(2).first().isEqualTo(MISSED);
    assertThat(told.getLast())
        .isInstanceOfSatisfying(
            SellerTold.class,
            e -> {
              assertThat(e.template()).isEqualTo(SellerTemplate.POINTS);
              assertThat(e.subject()).contains(ORDER.number());
              assertThat(e.details())
                  .isEqualTo(
                      NoticeDetails.NONE
                          .because(PenaltyCode.SHIP_DEADLINE_MISSED)
                          .until(hours(24).plus(Duration.ofDays(365)))
                          .saying("3 for this, 3 in all"));
            });
  }

  @Test
  void he_is_told_once_for_each_code_and_cause() {
    account
        .given(REGISTERED, MISSED)
        .when(penalise(PenaltyCode.SHIP_DEADLINE_MISSED, 1), hours(25))
        .thenEmits();
    assertThat(idsOf(PenaltyCode.SHIP_DEADLINE_MISSED, 1))
        .isNotEqualTo(idsOf(PenaltyCode.SHIP_DEADLINE_MISSED, 2))
        .isNotEqualTo(idsOf(PenaltyCode.SELLER_CANCELLED, 1))
        .isEqualTo(idsOf(PenaltyCode.SHIP_DEADLINE_MISSED, 1));
  }

  @Test
  void he_is_told_of_nothing_else() {
    account
        .given(REGISTERED, MISSED)
        .when(new SellerAccountCommand.LapsePoints(), hours(24).plus(Duration.ofDays(365)))
        .thenEmits(
            new SellerAccountEvent.PointsLapsed(LIN, 1, 0, hours(24).plus(Duration.ofDays(365))));
  }

  private List<?> idsOf(PenaltyCode code, int cause) {
    return account.given(REGISTERED).when(penalise(code, cause), hours(24)).emitted().stream()
        .filter(SellerTold.class::isInstance)
        .map(e -> ((SellerTold) e).notificationId())
        .toList();
  }

  private static Penalise penalise(PenaltyCode code, int cause) {
    return new Penalise(code, uuid(cause), ORDER);
  }
}
