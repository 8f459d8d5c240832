package marketplace.seller.domain.account;

import static java.util.stream.Collectors.toCollection;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.LIN;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.MONDAY_NINE;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.ORDER;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.uuid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerStanding;
import marketplace.kernel.SellerType;
import marketplace.seller.domain.account.SellerAccountCommand.EndRestriction;
import marketplace.seller.domain.account.SellerAccountCommand.LapsePoints;
import marketplace.seller.domain.account.SellerAccountCommand.Penalise;
import marketplace.seller.domain.account.SellerAccountCommand.RegisterSeller;
import marketplace.seller.domain.account.SellerAccountEvent.PointsLapsed;
import marketplace.seller.domain.account.SellerAccountEvent.RestrictionEnded;
import marketplace.seller.domain.account.SellerAccountEvent.SellerPenalised;
import marketplace.seller.domain.account.SellerAccountEvent.SellerRegistered;
import marketplace.seller.domain.account.SellerAccountEvent.SellerStandingChanged;
import marketplace.seller.domain.account.SellerAccountRejection.AlreadyRegistered;
import marketplace.seller.domain.account.SellerAccountRejection.NotRegistered;
import marketplace.testkit.DeciderFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Points and standing (domain, section 11).
class SellerAccountDeciderTest {
  private static final SellerRegistered REGISTERED =
      new SellerRegistered(LIN, "Lin's lamps", "CN", SellerType.STANDARD, MONDAY_NINE);
  private static final Instant A_YEAR_LATER = days(365 + 1);

  private final DeciderFixture<
          SellerAccountCommand, SellerAccount, SellerAccountEvent, SellerAccountRejection>
      account = DeciderFixture.of(new SellerAccountDecider());

  private static Instant days(int days) {
    return MONDAY_NINE.plus(Duration.ofDays(days));
  }

  private static Penalise penalise(PenaltyCode code, int cause) {
    return new Penalise(code, uuid(cause), ORDER);
  }

  private static SellerPenalised penalised(PenaltyCode code, int cause, int total, Instant at) {
    return new SellerPenalised(LIN, ORDER, code, uuid(cause), code.points(), total, at);
  }

  /// So many lost disputes of four points each, all on Tuesday.
  private static List<SellerAccountEvent> lostDisputes(int count) {
    return IntStream.rangeClosed(1, count)
        .<SellerAccountEvent>mapToObj(
            i -> penalised(PenaltyCode.DISPUTE_LOST, 1_000 + i, 4 * i, days(1)))
        .collect(toCollection(ArrayList::new));
  }

  private static SellerAccountEvent[] after(
      List<SellerAccountEvent> penalties, SellerAccountEvent... others) {
    var events = new ArrayList<SellerAccountEvent>();
    events.add(REGISTERED);
    events.addAll(penalties);
    events.addAll(List.of(others));
    return events.toArray(SellerAccountEvent[]::new);
  }

  private static SellerStandingChanged in(SellerStanding standing, Instant at) {
    return new SellerStandingChanged(LIN, standing, at);
  }

  @Nested
  class A_seller {

    @Test
    void registers_once() {
      var register = new RegisterSeller(LIN, "Lin's lamps", "CN", SellerType.STANDARD);
      account.given().when(register, MONDAY_NINE).thenEmits(REGISTERED).thenNoDeadline();
      account.given(REGISTERED).when(register, days(1)).thenRefuses(new AlreadyRegistered());
    }

    @Test
    void whom_nobody_knows_has_no_record() {
      account
          .given()
          .when(penalise(PenaltyCode.REPLY_TIMEOUT, 1), days(1))
          .thenRefuses(new NotRegistered());
    }
  }

  @Nested
  class Points {

    @ParameterizedTest
    @CsvSource({
      "REPLY_TIMEOUT, 1",
      "SELLER_FAULT_CANCELLATION, 2",
      "SELLER_CANCELLED, 3",
      "SHIP_DEADLINE_MISSED, 3",
      "DISPUTE_LOST, 4"
    })
    void are_given_for_each_of_the_five_codes(PenaltyCode code, int points) {
      account
          .given(REGISTERED)
          .when(penalise(code, 1), days(1))
          .thenEmits(new SellerPenalised(LIN, ORDER, code, uuid(1), points, points, days(1)))
          .thenDeadline("pointsLapseAt", A_YEAR_LATER);
    }

    @Test
    void are_given_once_for_each_code_and_cause_also_after_they_have_lapsed() {
      var first = penalised(PenaltyCode.REPLY_TIMEOUT, 1, 1, days(1));
      account
          .given(REGISTERED, first)
          .when(penalise(PenaltyCode.REPLY_TIMEOUT, 1), days(2))
          .thenNothing();
      account
          .given(REGISTERED, first)
          .when(penalise(PenaltyCode.DISPUTE_LOST, 1), days(2))
          .thenEmits(penalised(PenaltyCode.DISPUTE_LOST, 1, 5, days(2)));
      account
          .given(REGISTERED, first, new PointsLapsed(LIN, 1, 0, A_YEAR_LATER))
          .when(penalise(PenaltyCode.REPLY_TIMEOUT, 1), days(400))
          .thenNothing();
    }

    @Test
    void count_for_365_days_the_oldest_ones_going_first_and_those_of_one_instant_together() {
      var together = lostDisputes(2);
      account
          .given(after(together, penalised(PenaltyCode.REPLY_TIMEOUT, 1, 9, days(30))))
          .when(new LapsePoints(), A_YEAR_LATER)
          .thenEmits(new PointsLapsed(LIN, 2, 1, A_YEAR_LATER))
          .thenDeadline("pointsLapseAt", days(30 + 365));
      account
          .given(
              REGISTERED,
              penalised(PenaltyCode.REPLY_TIMEOUT, 1, 1, days(1)),
              new PointsLapsed(LIN, 1, 0, A_YEAR_LATER))
          .when(penalise(PenaltyCode.SELLER_CANCELLED, 2), days(400))
          .thenEmits(penalised(PenaltyCode.SELLER_CANCELLED, 2, 3, days(400)));
    }
  }

  @Nested
  class The_standing {

    @ParameterizedTest
    @CsvSource({"2, WARNED", "5, RESTRICTED", "11, CLOSED"})
    void changes_where_the_points_reach_the_next_limit(int disputesBefore, SellerStanding next) {
      var before = lostDisputes(disputesBefore);
      for (var earlier : SellerStanding.values()) {
        if (earlier.compareTo(SellerStanding.GOOD) > 0 && earlier.compareTo(next) < 0) {
          before.add(in(earlier, days(1)));
        }
      }
      var total = 4 * disputesBefore;
      account
          .given(after(before))
          .when(penalise(PenaltyCode.SELLER_CANCELLED, 1), days(2))
          .thenEmits(penalised(PenaltyCode.SELLER_CANCELLED, 1, total + 3, days(2)));
      account
          .given(after(before))
          .when(penalise(PenaltyCode.DISPUTE_LOST, 1), days(2))
          .thenEmits(penalised(PenaltyCode.DISPUTE_LOST, 1, total + 4, days(2)), in(next, days(2)));
    }

    @Test
    void is_restricted_with_a_last_day_and_stays_so_when_that_has_passed() {
      var restricted = after(lostDisputes(6), in(SellerStanding.RESTRICTED, days(1)));
      account
          .given(restricted)
          .when(new EndRestriction(), days(8))
          .thenEmits(new RestrictionEnded(LIN, days(8)))
          .thenDeadline("pointsLapseAt", A_YEAR_LATER);
      account
          .given(restricted)
          .when(penalise(PenaltyCode.REPLY_TIMEOUT, 1), days(2))
          .thenEmits(penalised(PenaltyCode.REPLY_TIMEOUT, 1, 25, days(2)))
          .thenDeadline("restrictedUntil", days(8));
    }

    @Test
    void rises_again_when_points_lapse_and_a_new_restriction_runs_anew() {
      account
          .given(
              after(
                  lostDisputes(6),
                  penalised(PenaltyCode.DISPUTE_LOST, 1, 28, days(2)),
                  in(SellerStanding.RESTRICTED, days(2)),
                  new RestrictionEnded(LIN, days(9))))
          .when(new LapsePoints(), A_YEAR_LATER)
          .thenEmits(
              new PointsLapsed(LIN, 6, 4, A_YEAR_LATER), in(SellerStanding.GOOD, A_YEAR_LATER));
      account
          .given(
              after(
                  lostDisputes(6),
                  penalised(PenaltyCode.DISPUTE_LOST, 1, 28, days(1)),
                  in(SellerStanding.CLOSED, days(3)),
                  in(SellerStanding.RESTRICTED, days(300))))
          .when(penalise(PenaltyCode.REPLY_TIMEOUT, 2), days(301))
          .thenEmits(penalised(PenaltyCode.REPLY_TIMEOUT, 2, 29, days(301)))
          .thenDeadline("restrictedUntil", days(307));
    }
  }
}
