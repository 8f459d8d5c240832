package marketplace.eventsourcing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of a read model as it shall be from now on: inserted, or put in the place of the row
/// with the same key. Values stand in the order of the table's columns: `UUID`, `String`, `Long`,
/// `Integer`, `Boolean`, `Instant`, or null. A jsonb column takes its JSON text, or what has that
/// as its `toString`.
public record ViewRow(ViewTable table, List<@Nullable Object> values) {
  public ViewRow {
    values = Collections.unmodifiableList(new ArrayList<>(values));
    if (values.size() != table.columns().size()) {
      throw new IllegalArgumentException(
          table.name() + " has " + table.columns().size() + " columns, got " + values.size());
    }
  }

  public static ViewRow of(ViewTable table, @Nullable Object... values) {
    return new ViewRow(table, Arrays.asList(values));
  }

  public List<@Nullable Object> key() {
    return values.subList(0, table.keys().size());
  }
}
