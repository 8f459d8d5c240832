package marketplace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderIdTest {
  private static final int ORDERS = 1_000;

  @Test
  void the_number_is_the_last_sixteen_digits_of_the_id_as_a_number() {
    var random = new Random(1);
    for (var order = 0; order < ORDERS; order++) {
      var id = new UUID(random.nextLong(), random.nextLong());
      var whole = new BigInteger(id.toString().replace("-", ""), 16);
      assertThat(new OrderId(id).number())
          .isEqualTo("%016d".formatted(whole.mod(BigInteger.TEN.pow(16))));
    }
  }

  @Test
  void a_small_number_begins_with_zeros() {
    assertThat(new OrderId(new UUID(0, 7)).number()).isEqualTo("0000000000000007");
  }
}
