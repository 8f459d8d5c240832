package marketplace.edge;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What this service did not take: facts that it refused, and records that it has set aside.
@Singleton
class RefusedFacts {
  private static final String LATEST =
      """
      select * from (
        (select 'REJECTED' as kind, substr(stream, 10)::uuid as event_id, data->>'type' as type,
            data->>'reason' as reason, null as topic, recorded_at as at
          from event where type = 'rejected.fact.v1' order by position desc limit ?)
        union all
        (select kind, event_id, headers->>'ce_type', reason, topic, received_at
          from set_aside order by id desc limit ?)
      ) refused order by at desc limit ?
      """;

  private final DataSource dataSource;

  RefusedFacts(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// One of them.
  ///
  /// @param kind REJECTED for good; PARKED, AWAITING and HELD until what they wait for comes;
  ///   FAULTY until it is tried again; UNREADABLE for good
  /// @param eventId null where not even that could be read
  /// @param topic where it is set aside; null for a rejected one, whose copy is on its own topic
  /// @param recordedAt wall time
  record Refused(
      String kind,
      @Nullable UUID eventId,
      @Nullable String type,
      String reason,
      @Nullable String topic,
      Instant recordedAt) {}

  /// Newest first.
  List<Refused> latest(int limit) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(LATEST)) {
      for (var i = 1; i <= 3; i++) statement.setInt(i, limit);
      List<Refused> result = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) result.add(refused(rows));
      }
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException("refused facts cannot be read", e);
    }
  }

  private static Refused refused(ResultSet rows) throws SQLException {
    return new Refused(
        rows.getString("kind"),
        rows.getObject("event_id", UUID.class),
        rows.getString("type"),
        rows.getString("reason"),
        rows.getString("topic"),
        rows.getObject("at", OffsetDateTime.class).toInstant());
  }
}
