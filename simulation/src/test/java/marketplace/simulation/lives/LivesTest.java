package marketplace.simulation.lives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import marketplace.simulation.lives.Lives.Failure;
import org.junit.jupiter.api.Test;

class LivesTest {
  /// More with `-Dlives=100000`.
  private static final long LIVES = Long.getLong("lives", 150);

  private static final long FIRST_SEED = Long.getLong("lives.seed", 1);
  private static final int ORDERS_MAX = 2;

  /// Seeds in which a planted mistake must be found.
  private static final long PATIENCE = 400;

  @Test
  void nothing_that_must_never_happen_happens_in_any_life() {
    for (var seed = FIRST_SEED; seed < FIRST_SEED + LIVES; seed++) {
      assertThat(new Lives().live(seed, ORDERS_MAX)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void a_fulfilment_that_forgets_what_it_has_shipped_is_found() {
    var failure =
        firstFailure(new Lives(Spoiled.with("fulfilment", Spoiled.forgets("ShipmentDispatched"))));
    assertThat(failure.moves()).as("%s", failure).hasSizeLessThan(20);
  }

  @Test
  void a_fulfilment_that_is_in_a_hurry_is_found() {
    var failure = firstFailure(new Lives(Spoiled.with("fulfilment", Spoiled.hurries("shipBy"))));
    assertThat(failure.broken()).as("%s", failure).anyMatch(broken -> broken.id().equals("T2"));
    assertThat(failure.moves()).as("%s", failure).hasSizeLessThan(12);
  }

  @Test
  void an_order_that_forgets_that_its_coupon_went_back_is_found() {
    var failure = firstFailure(new Lives(Spoiled.with("order", Spoiled.forgets("CouponRestored"))));
    assertThat(failure.broken()).as("%s", failure).anyMatch(broken -> broken.id().equals("C1"));
  }

  @Test
  void a_fulfilment_that_sleeps_for_too_long_is_found() {
    var failure = firstFailure(new Lives(Spoiled.with("fulfilment", Spoiled.dawdles("shipBy"))));
    assertThat(failure.broken()).as("%s", failure).anyMatch(broken -> broken.id().equals("T2"));
  }

  @Test
  void a_service_that_forgets_idempotency_keys_is_found() {
    var failure = firstFailure(new Lives(KeysForgotten::new));
    assertThat(failure.broken()).as("%s", failure).anyMatch(broken -> broken.id().equals("X5"));
  }

  @Test
  void a_seller_who_gets_no_points_for_silence_is_found() {
    var failure =
        firstFailure(new Lives(Spoiled.with("fulfilment", Spoiled.overlooks("SellerTimedOut"))));
    assertThat(failure.broken()).as("%s", failure).anyMatch(broken -> broken.id().equals("P1"));
  }

  @Test
  void a_record_that_forgets_earlier_points_is_found() {
    var failure =
        firstFailure(new Lives(Spoiled.with("seller", Spoiled.forgets("SellerPenalised"))));
    assertThat(failure.broken()).as("%s", failure).anyMatch(broken -> broken.id().equals("P2"));
  }

  @Test
  void the_same_seed_is_the_same_life() {
    var lives = new Lives(Spoiled.with("fulfilment", Spoiled.hurries("shipBy")));
    var failure = firstFailure(lives);
    assertThat(lives.live(failure.seed(), ORDERS_MAX)).contains(failure);
    assertThat(lives.replay(failure.seed(), failure.moves())).isEqualTo(failure.broken());
  }

  private static Failure firstFailure(Lives lives) {
    return LongStream.range(1, PATIENCE)
        .mapToObj(seed -> lives.live(seed, ORDERS_MAX))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody has noticed"));
  }
}
