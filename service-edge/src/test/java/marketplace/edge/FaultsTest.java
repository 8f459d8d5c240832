package marketplace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.time.SimulatedClock;
import marketplace.eventsourcing.time.SystemClock;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  @ParameterizedTest
  @ValueSource(strings = {"08006", "08003", "57P01", "57P03"})
  void a_database_that_is_away_asks_for_another_try(String state) {
    var fault = new IllegalStateException("not read", new SQLException("away", state));
    assertThat(Faults.problemOf(fault)).extracting(Problem::status).isEqualTo(503);
  }

  @Test
  void so_does_a_pool_without_a_connection() {
    assertThat(Faults.problemOf(new SQLException("Acquisition timeout")))
        .extracting(Problem::status)
        .isEqualTo(503);
  }

  @Test
  void so_do_brokers_that_are_away() {
    assertThat(Faults.problemOf(new TimeoutException("no answer")))
        .extracting(Problem::status)
        .isEqualTo(503);
  }

  /// A service answers a little before it has read what time it is.
  @Test
  void so_does_a_clock_that_nobody_has_set() {
    var clock = new SimulatedClock(new SystemClock());
    assertThatThrownBy(clock::instant)
        .satisfies(unknown ->
            assertThat(Faults.problemOf(unknown)).extracting(Problem::status).isEqualTo(503));
  }

  @Test
  void a_statement_that_is_wrong_is_a_fault_of_ours() {
    assertThat(Faults.problemOf(new IllegalStateException(new SQLException("no table", "42P01"))))
        .isNull();
    assertThat(Faults.problemOf(new IllegalStateException("odd"))).isNull();
  }
}
