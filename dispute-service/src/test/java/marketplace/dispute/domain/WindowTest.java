package marketplace.dispute.domain;

import static marketplace.dispute.AfterSaleFixtures.BOTH;
import static marketplace.dispute.AfterSaleFixtures.CANCELLED;
import static marketplace.dispute.AfterSaleFixtures.DELIVERED;
import static marketplace.dispute.AfterSaleFixtures.DELIVERED_END;
import static marketplace.dispute.AfterSaleFixtures.FULLY_REFUNDED;
import static marketplace.dispute.AfterSaleFixtures.ONE;
import static marketplace.dispute.AfterSaleFixtures.ONE_CANCELLED;
import static marketplace.dispute.AfterSaleFixtures.ONE_SHIPPED;
import static marketplace.dispute.AfterSaleFixtures.OUTER_END;
import static marketplace.dispute.AfterSaleFixtures.OVERRAN;
import static marketplace.dispute.AfterSaleFixtures.PARTLY_REFUNDED;
import static marketplace.dispute.AfterSaleFixtures.PLACED;
import static marketplace.dispute.AfterSaleFixtures.SHIPPED;
import static marketplace.dispute.AfterSaleFixtures.closed;
import static marketplace.dispute.AfterSaleFixtures.days;
import static marketplace.dispute.AfterSaleFixtures.source;
import static marketplace.dispute.AfterSaleFixtures.unitsCancelled;
import static marketplace.dispute.domain.AfterSaleEvent.Why.WINDOW_ENDED;
import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import marketplace.dispute.domain.AfterSaleCommand.EndWindow;
import marketplace.dispute.domain.AfterSaleCommand.TakeNote;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.Noted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAgreedNoted;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.domain.AfterSaleRejection.DuplicateFact;
import marketplace.dispute.domain.AfterSaleRejection.IllegalTransition;
import marketplace.dispute.domain.AfterSaleRejection.UnknownUnits;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decision;
import marketplace.kernel.CancellationCause;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Rows W1 to W7 (domain, section 8.6).
class WindowTest {
  private final AfterSaleDecider decider = new AfterSaleDecider();

  @Nested
  class A_placed_order {

    @Test
    void opens_the_window_up_to_its_outer_end() {
      assertThat(on(PLACED, days(0))).isEqualTo(accept(PLACED));
      assertThat(decider.nextDeadline(after(PLACED)))
          .contains(new Deadline<>("afterSaleUntil", 7, OUTER_END, new EndWindow()));
    }

    @Test
    void is_placed_once() {
      assertThat(on(PLACED, days(1), PLACED)).isEqualTo(reject(new DuplicateFact()));
    }

    @Test
    void must_come_before_every_other_fact() {
      assertThat(on(SHIPPED, days(1))).isEqualTo(reject(new IllegalTransition()));
      assertThat(onEnd(days(1))).isEqualTo(reject(new IllegalTransition()));
    }
  }

  @Nested
  class A_delivery {

    @Test
    void moves_the_end_of_the_window() {
      assertThat(on(DELIVERED, days(10), PLACED, SHIPPED)).isEqualTo(accept(DELIVERED));
      assertThat(decider.nextDeadline(after(PLACED, SHIPPED, DELIVERED)))
          .contains(new Deadline<>("afterSaleUntil", 7, DELIVERED_END, new EndWindow()));
    }

    @Test
    void happens_once() {
      var again = new DeliveryNoted(source(99, "OrderDelivered"), days(80), false, 0, 9);
      assertThat(on(again, days(11), PLACED, SHIPPED, DELIVERED))
          .isEqualTo(reject(new DuplicateFact()));
    }

    @Test
    void is_only_noted_where_the_window_has_closed_without_it() {
      assertThat(on(DELIVERED, days(91), PLACED, SHIPPED, closed(WINDOW_ENDED, OUTER_END, 1)))
          .isEqualTo(accept(DELIVERED));
    }
  }

  @Nested
  class The_end_of_the_window {

    @Test
    void closes_it_once_something_is_shipped_and_nothing_open() {
      assertThat(onEnd(DELIVERED_END, PLACED, SHIPPED, DELIVERED))
          .isEqualTo(accept(closed(WINDOW_ENDED, DELIVERED_END, 7)));
    }

    @Test
    void closes_it_where_the_rest_was_cancelled() {
      assertThat(onEnd(OUTER_END, PLACED, ONE_CANCELLED, ONE_SHIPPED))
          .isEqualTo(accept(closed(WINDOW_ENDED, OUTER_END, 5)));
    }

    @Test
    void waits_for_units_that_are_still_open_here() {
      assertThat(onEnd(OUTER_END, PLACED, ONE_SHIPPED)).isEqualTo(accept(OVERRAN));
      assertThat(decider.nextDeadline(after(PLACED, ONE_SHIPPED, OVERRAN))).isEmpty();
    }

    @Test
    void is_an_end_only_once() {
      assertThat(onEnd(OUTER_END, PLACED, OVERRAN)).isEqualTo(alreadySo());
      assertThat(onEnd(OUTER_END, PLACED, SHIPPED, closed(WINDOW_ENDED, OUTER_END, 1)))
          .isEqualTo(alreadySo());
      assertThat(onEnd(OUTER_END, PLACED, CANCELLED)).isEqualTo(alreadySo());
    }
  }

  @Nested
  class A_fact_that_comes_after_the_end {

    @Test
    void closes_the_window_when_it_ships_the_last_unit() {
      assertThat(on(SHIPPED, days(91), PLACED, OVERRAN))
          .isEqualTo(accept(SHIPPED, closed(WINDOW_ENDED, days(91), 1)));
    }

    @Test
    void closes_the_window_when_it_cancels_the_last_open_unit() {
      assertThat(on(ONE_CANCELLED, days(91), PLACED, ONE_SHIPPED, OVERRAN))
          .isEqualTo(accept(ONE_CANCELLED, closed(WINDOW_ENDED, days(91), 5)));
    }

    @Test
    void leaves_the_window_waiting_while_a_unit_is_open() {
      assertThat(on(ONE_SHIPPED, days(91), PLACED, OVERRAN)).isEqualTo(accept(ONE_SHIPPED));
      assertThat(on(DELIVERED, days(92), PLACED, ONE_SHIPPED, OVERRAN))
          .isEqualTo(accept(DELIVERED));
    }
  }

  @Nested
  class A_refund {

    @Test
    void of_everything_closes_the_window_at_once() {
      assertThat(on(FULLY_REFUNDED, days(12), PLACED, SHIPPED, DELIVERED))
          .isEqualTo(accept(FULLY_REFUNDED, closed(Why.FULLY_REFUNDED, days(12), 7)));
    }

    @Test
    void of_everything_leaves_an_order_alone_of_which_nothing_was_shipped() {
      var all = unitsCancelled(BOTH, CancellationCause.SELLER_CANCELLED);
      assertThat(on(FULLY_REFUNDED, days(91), PLACED, all, OVERRAN))
          .isEqualTo(accept(FULLY_REFUNDED));
    }

    @Test
    void of_everything_is_only_noted_while_units_are_open() {
      assertThat(on(FULLY_REFUNDED, days(3), PLACED, ONE_SHIPPED))
          .isEqualTo(accept(FULLY_REFUNDED));
    }

    @Test
    void of_a_part_changes_nothing() {
      assertThat(on(PARTLY_REFUNDED, days(3), PLACED, SHIPPED)).isEqualTo(accept(PARTLY_REFUNDED));
    }

    @Test
    void is_noted_in_every_state_and_once() {
      assertThat(on(FULLY_REFUNDED, days(3), PLACED, CANCELLED)).isEqualTo(accept(FULLY_REFUNDED));
      assertThat(on(FULLY_REFUNDED, days(4), PLACED, CANCELLED, FULLY_REFUNDED))
          .isEqualTo(reject(new DuplicateFact()));
    }
  }

  @Nested
  class A_cancelled_order {

    @Test
    void has_no_window_and_no_end() {
      assertThat(on(CANCELLED, days(1), PLACED)).isEqualTo(accept(CANCELLED));
      assertThat(window(PLACED, CANCELLED)).isInstanceOf(AfterSale.NoSale.class);
      assertThat(decider.nextDeadline(after(PLACED, CANCELLED))).isEmpty();
    }

    @Test
    void leaves_an_overdue_window_too() {
      assertThat(window(PLACED, OVERRAN, CANCELLED)).isInstanceOf(AfterSale.NoSale.class);
    }

    @Test
    void cannot_have_shipped_anything() {
      assertThat(on(CANCELLED, days(2), PLACED, SHIPPED))
          .isEqualTo(reject(new IllegalTransition()));
      assertThat(on(SHIPPED, days(2), PLACED, CANCELLED))
          .isEqualTo(reject(new IllegalTransition()));
    }
  }

  @Nested
  class Units {

    @Test
    void leave_the_order_once() {
      assertThat(on(ONE_CANCELLED, days(2), PLACED, ONE_CANCELLED))
          .isEqualTo(reject(new DuplicateFact()));
      assertThat(on(ONE_SHIPPED, days(2), PLACED, ONE_SHIPPED))
          .isEqualTo(reject(new DuplicateFact()));
    }

    @Test
    void must_be_open_to_leave() {
      assertThat(on(ONE_CANCELLED, days(2), PLACED, SHIPPED)).isEqualTo(reject(new UnknownUnits()));
      assertThat(on(SHIPPED, days(2), PLACED, ONE_CANCELLED)).isEqualTo(reject(new UnknownUnits()));
      assertThat(on(ONE_CANCELLED, days(99), PLACED, SHIPPED, closed(WINDOW_ENDED, OUTER_END, 1)))
          .isEqualTo(reject(new UnknownUnits()));
    }
  }

  @Test
  void different_units_that_are_agreed_to_at_one_instant_are_two_agreements() {
    var one = new ReturnAgreedNoted(source(50, "ReturnAgreed"), ONE, days(10));
    var both = new ReturnAgreedNoted(source(51, "ReturnAgreed"), BOTH, days(10));
    assertThat(on(both, days(10), PLACED, SHIPPED, one)).isEqualTo(accept(both));
    assertThat(on(one, days(10), PLACED, SHIPPED, one)).isEqualTo(reject(new DuplicateFact()));
  }

  @Test
  void an_injected_fact_without_a_version_does_not_count_for_the_payout() {
    var injected = new DeliveryNoted(source(15, "OrderDelivered"), DELIVERED_END, false, 0, 0);
    assertThat(onEnd(DELIVERED_END, PLACED, SHIPPED, injected))
        .isEqualTo(accept(closed(WINDOW_ENDED, DELIVERED_END, 1)));
  }

  @Test
  void events_that_were_never_possible_are_still_read() {
    assertThat(after(SHIPPED, OVERRAN, closed(WINDOW_ENDED, OUTER_END, 1)))
        .isEqualTo(decider.initialState());
    assertThat(window(PLACED, CANCELLED, OVERRAN, closed(WINDOW_ENDED, OUTER_END, 1)))
        .isInstanceOf(AfterSale.NoSale.class);
  }

  private Decision<AfterSaleEvent, AfterSaleRejection> on(
      Noted fact, Instant at, AfterSaleEvent... history) {
    return decider.decide(new TakeNote(fact), after(history), at);
  }

  private Decision<AfterSaleEvent, AfterSaleRejection> onEnd(
      Instant at, AfterSaleEvent... history) {
    return decider.decide(new EndWindow(), after(history), at);
  }

  private AfterSale.Window window(AfterSaleEvent... history) {
    return ((AfterSale.Opened) after(history)).window();
  }

  private AfterSale after(AfterSaleEvent... history) {
    var state = decider.initialState();
    for (var event : history) state = decider.evolve(state, event);
    return state;
  }
}
