package marketplace.loadtest.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GaugesTest {
  @Test
  void adds_up_a_metric_over_its_labels() {
    var text =
        """
        # TYPE marketplace_consumer_lag gauge
        marketplace_consumer_lag{topic="a"} 3.0
        marketplace_consumer_lag{topic="b"} 4.0
        marketplace_consumer_lag_seconds 100.0
        process_cpu_usage 0.25
        marketplace_relay_unpublished NaN
        """;
    assertThat(Gauges.sum(text, "marketplace_consumer_lag")).isEqualTo(7);
    assertThat(Gauges.sum(text, "process_cpu_usage")).isEqualTo(0.25);
    assertThat(Gauges.sum(text, "marketplace_relay_unpublished")).isZero();
    assertThat(Gauges.sum(text, "marketplace_no_such_thing")).isZero();
  }
}
