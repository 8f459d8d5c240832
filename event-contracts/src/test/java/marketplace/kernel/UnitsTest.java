package marketplace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnitsTest {
  private static final LineId MUG = new LineId(new UUID(0, 1));
  private static final LineId LAMP = new LineId(new UUID(0, 2));

  @Test
  void add_up_line_by_line() {
    var both = Units.of(MUG, 2).plus(Units.of(LAMP, 1)).plus(Units.of(MUG, 1));

    assertThat(both.of(MUG)).isEqualTo(3);
    assertThat(both.of(LAMP)).isEqualTo(1);
    assertThat(both.total()).isEqualTo(4);
  }

  @Test
  void never_go_below_none() {
    assertThat(Units.of(MUG, 1).minus(Units.of(MUG, 2))).isEqualTo(Units.NONE);
    assertThat(Units.of(MUG, 1).minus(Units.of(LAMP, 2))).isEqualTo(Units.of(MUG, 1));
  }

  @Test
  void cover_others_only_where_each_line_has_as_many() {
    var cart = Units.of(MUG, 2).plus(Units.of(LAMP, 1));

    assertThat(cart.covers(Units.of(MUG, 2))).isTrue();
    assertThat(cart.covers(Units.of(MUG, 3))).isFalse();
    assertThat(Units.of(MUG, 9).covers(cart)).isFalse();
    assertThat(cart.covers(Units.NONE)).isTrue();
  }

  @Test
  void name_each_line_at_most_once_and_never_none_of_it() {
    assertThatThrownBy(() -> new Units(List.of(new LineUnits(MUG, 1), new LineUnits(MUG, 1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LineUnits(MUG, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
