package marketplace.order.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DiscountTest {
  @Test
  void gives_what_rounding_leaves_to_the_largest_remainders() {
    assertThat(Discount.shares(999, List.of(2997L, 2000L))).containsExactly(599L, 400L);
  }

  @Test
  void breaks_ties_by_the_order_of_the_lines() {
    assertThat(Discount.shares(2, List.of(100L, 100L, 100L))).containsExactly(1L, 1L, 0L);
  }

  @Test
  void takes_nothing_where_there_is_nothing_to_take() {
    assertThat(Discount.shares(0, List.of(0L, 0L))).containsExactly(0L, 0L);
  }

  @Test
  void adds_up_exactly_and_takes_no_more_than_a_line_costs() {
    var random = new SplittableRandom(42);
    for (var run = 0; run < 2_000; run++) {
      var gross =
          LongStream.generate(() -> random.nextLong(1, OrderDecider.TOTAL_MINOR_MAX * 999))
              .limit(random.nextInt(1, 50))
              .boxed()
              .toList();
      var sum = gross.stream().mapToLong(Long::longValue).sum();
      var discount = random.nextLong(0, sum + 1);
      var shares = Discount.shares(discount, gross);
      assertThat(shares.stream().mapToLong(Long::longValue).sum()).isEqualTo(discount);
      for (var line = 0; line < gross.size(); line++) {
        assertThat(shares.get(line)).isBetween(0L, gross.get(line));
      }
    }
  }
}
