package marketplace.order.domain;

import static marketplace.order.domain.OrderFixtures.CABLE;
import static marketplace.order.domain.OrderFixtures.CABLES;
import static marketplace.order.domain.OrderFixtures.ONE_CABLE;
import static marketplace.order.domain.OrderFixtures.TWO_CABLES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.Units;
import marketplace.order.domain.OrderEvent.Line;
import org.junit.jupiter.api.Test;

class AmountsTest {
  private static final List<Line> LINES = List.of(cables(3, 2398));

  @Test
  void the_units_of_a_line_are_worth_what_was_paid_for_it_together() {
    assertThat(Amounts.valueOf(LINES, Units.NONE, ONE_CABLE)).isEqualTo(799);
    assertThat(Amounts.valueOf(LINES, ONE_CABLE, ONE_CABLE)).isEqualTo(799);
    assertThat(Amounts.valueOf(LINES, TWO_CABLES, ONE_CABLE)).isEqualTo(800);
    assertThat(Amounts.valueOf(LINES, Units.NONE, Units.of(CABLES, 3))).isEqualTo(2398);
  }

  @Test
  void several_at_once_are_worth_as_much_as_one_by_one() {
    for (var paid = 0; paid < 50; paid++) {
      var lines = List.of(cables(7, paid));
      var oneByOne = 0L;
      for (var taken = 0; taken < 7; taken++) {
        oneByOne += Amounts.valueOf(lines, units(taken), ONE_CABLE);
        assertThat(oneByOne).isEqualTo(Amounts.valueOf(lines, Units.NONE, units(taken + 1)));
      }
      assertThat(oneByOne).isEqualTo(paid);
    }
  }

  @Test
  void the_largest_order_does_not_overflow() {
    var line = cables(999, OrderDecider.TOTAL_MINOR_MAX);
    assertThat(Amounts.share(line, 998)).isEqualTo(998_998_998_998L);
    assertThat(Amounts.share(line, 999)).isEqualTo(OrderDecider.TOTAL_MINOR_MAX);
  }

  private static Units units(int quantity) {
    return quantity == 0 ? Units.NONE : Units.of(CABLES, quantity);
  }

  private static Line cables(int quantity, long paidMinor) {
    return new Line(CABLES, CABLE, "Cable", 999, quantity, paidMinor, ReturnPolicy.NONE);
  }
}
