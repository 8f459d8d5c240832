package marketplace.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import marketplace.eventsourcing.sample.Kitchen;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTableTest {
  private final Kitchen kitchen = new Kitchen();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update event set type = 'x'",
        "delete from event",
        "truncate event",
        "alter table event drop column type",
        "update inbox set event_id = event_id",
        "delete from foreign_stream"
      })
  void the_service_cannot_rewrite_what_has_happened(String sql) throws SQLException {
    try (var connection = kitchen.connect(kitchen.database.app());
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42501");
    }
  }
}
