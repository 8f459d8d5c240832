package marketplace.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import marketplace.eventsourcing.sample.Kitchen;
import marketplace.eventsourcing.sample.Pot;
import org.junit.jupiter.api.Test;

final class ViewRebuildTest {
  private final Kitchen kitchen = new Kitchen();
  private final ViewRebuild rebuild = new ViewRebuild(kitchen.dataSource(), List.of(Pot.AGGREGATE));

  private void run(String sql) throws SQLException {
    try (var connection = kitchen.connect(kitchen.database.owner());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void filled(UUID pot, int litres) throws SQLException {
    run(
        """
        insert into event (event_id, stream, version, previous_published, has_message, type, data,
          correlation_id, causation_id, actor, origin, time)
        values (gen_random_uuid(), 'pot-%1$s', 1, 0, true, 'pot.filled.v1',
          '{"litres": %2$d, "boilsAt": null}', '%1$s', '%1$s', 'COOK:1', 'SERVICE', now())
        """
            .formatted(pot, litres));
  }

  @Test
  void puts_right_what_differs_and_says_so() throws SQLException {
    var pots = List.of(UUID.randomUUID(), UUID.randomUUID());
    for (var pot : pots) filled(pot, 5);
    var first = rebuild.rebuild();
    assertThat(first.streams()).isEqualTo(2);
    assertThat(first.rows()).isEqualTo(2);
    assertThat(first.different()).as("rows that were missing").isEqualTo(2);
    assertThat(rebuild.rebuild().different()).isZero();

    run("update pots set litres = 4 where pot = '%s'".formatted(pots.getFirst()));
    var repaired = rebuild.rebuild().differences();
    assertThat(repaired).hasSize(1);
    assertThat(repaired.getFirst().expected()).contains("\"litres\": 5");
    assertThat(repaired.getFirst().found()).contains("\"litres\": 4");
    assertThat(kitchen.texts("select distinct litres from pots")).containsExactly("5");
  }
}
