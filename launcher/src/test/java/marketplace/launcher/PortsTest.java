package marketplace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void are_the_documented_ones_when_nothing_is_said() {
    assertThat(Ports.from(Map.of()).outer())
        .containsExactly(8081, 8082, 8083, 8084, 8085, 9092, 9094);
  }

  @Test
  void move_as_a_block() {
    assertThat(Ports.from(Map.of("MARKET_PORT", "9080")).outer())
        .containsExactly(9081, 9082, 9083, 9084, 9085, 10_092, 10_094);
  }

  @Test
  void of_further_instances_are_ten_and_twenty_above_the_first() {
    var ports = Ports.from(Map.of());
    assertThat(Service.ORDER.parts(3)).containsExactly("order", "order-2", "order-3");
    assertThat(Service.SIMULATION.parts(3)).containsExactly("simulation");
    assertThat(Service.port("order", ports)).isEqualTo(8081);
    assertThat(Service.port("order-2", ports)).isEqualTo(8091);
    assertThat(Service.port("dispute-3", ports)).isEqualTo(8104);
  }

  @Test
  void are_refused_when_they_are_no_number_or_not_ours_to_take() {
    assertThatThrownBy(() -> Ports.from(Map.of("MARKET_PORT", "high")))
        .hasMessage("MARKET_PORT must be a number, was high");
    assertThatThrownBy(() -> Ports.from(Map.of("MARKET_PORT", "80")))
        .hasMessage("MARKET_PORT must be between 1024 and 64000, was 80");
    assertThatThrownBy(() -> Ports.from(Map.of("MARKET_PORT", "64001")))
        .hasMessage("MARKET_PORT must be between 1024 and 64000, was 64001");
  }
}
