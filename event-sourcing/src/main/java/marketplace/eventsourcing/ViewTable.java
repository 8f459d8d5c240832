package marketplace.eventsourcing;

import java.util.List;

/// A table of a read model. The names are constants of a service, never input.
///
/// @param keys the columns that make a row unique
/// @param columns all columns, the keys first
public record ViewTable(String name, List<Column> keys, List<Column> columns) {
  /// A column and its PostgreSQL type: `uuid`, `text`, `bigint`, `int`, `boolean`, `timestamptz`,
  /// `jsonb`.
  public record Column(String name, String type) {}

  public ViewTable {
    keys = List.copyOf(keys);
    columns = List.copyOf(columns);
    if (!columns.subList(0, keys.size()).equals(keys)) {
      throw new IllegalArgumentException("the keys of " + name + " must be its first columns");
    }
  }
}
