package marketplace.edge.webhook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.eventsourcing.store.EventReader.Place;
import org.jspecify.annotations.Nullable;

/// What is still to be sent, and to whom: rows that all instances share.
final class Deliveries {
  /// After each attempt but the last, which parks the delivery.
  static final List<Duration> RETRY_AFTER =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10));

  /// Longer than any attempt takes, so that only what a dead instance had is taken from it.
  static final Duration LEASE = Duration.ofMinutes(1);

  private static final String DUE =
      """
      select due.webhook_id, due.event_id, body, attempts, url, secret
      from webhook
      left join unnest(?::uuid[], ?::int[]) as busy (webhook_id, count) using (webhook_id)
      cross join lateral (
        select delivery.* from webhook_delivery delivery
        where delivery.webhook_id = webhook.webhook_id and next_at <= ?
          and (leased_until is null or leased_until <= ?)
        order by next_at limit greatest(? - coalesce(busy.count, 0), 0)
        for update skip locked
      ) due
      """;

  private final DataSource database;
  private final InstantSource wall;

  Deliveries(DataSource database, InstantSource wall) {
    this.database = database;
    this.wall = wall;
  }

  /// A webhook as the one who makes deliveries for it sees it.
  ///
  /// @param since it gets the events of later transactions
  record Subscription(UUID webhookId, Set<String> types, long since) {}

  /// @param body the event as a document
  record Fresh(UUID webhookId, UUID eventId, String type, String body) {}

  /// A delivery that this instance has until its lease ends.
  record Claimed(
      UUID webhookId,
      UUID eventId,
      String body,
      int attempts,
      String url,
      SigningKey key,
      Instant leasedUntil) {}

  /// How an attempt ended.
  sealed interface Attempt {
    record Taken(int status) implements Attempt {}

    /// @param status null where there was no answer
    record Failed(@Nullable Integer status, String why) implements Attempt {}
  }

  /// Before the first event that anybody wants; null where nobody wants any.
  @Nullable Place firstWanted() throws SQLException {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(true);
      try (var statement =
              connection.prepareStatement("select xid::text from webhook order by xid limit 1");
          var row = statement.executeQuery()) {
        return row.next() ? new Place(row.getString(1), 0) : null;
      }
    }
  }

  /// Who is there, and stays until the end of this transaction.
  List<Subscription> subscriptions(Connection connection) throws SQLException {
    try (var statement =
            connection.prepareStatement(
                "select webhook_id, types, xid::text from webhook for key share");
        var rows = statement.executeQuery()) {
      List<Subscription> found = new ArrayList<>();
      while (rows.next()) {
        found.add(
            new Subscription(
                rows.getObject(1, UUID.class),
                Set.of((String[]) rows.getArray(2).getArray()),
                Long.parseLong(rows.getString(3))));
      }
      return found;
    }
  }

  /// How many wait for a webhook or are parked for it; counting stops at the limit.
  int backlog(Connection connection, UUID webhookId, int limit) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "select count(*) from"
                + " (select from webhook_delivery where webhook_id = ? limit ?) waiting")) {
      statement.setObject(1, webhookId);
      statement.setInt(2, limit);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  void add(Connection connection, List<Fresh> fresh) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            insert into webhook_delivery
              (webhook_id, event_id, type, body, recorded_at, next_at)
            values (?, ?, ?, ?, ?, ?)
            """)) {
      for (var delivery : fresh) {
        statement.setObject(1, delivery.webhookId());
        statement.setObject(2, delivery.eventId());
        statement.setString(3, delivery.type());
        statement.setString(4, delivery.body());
        set(statement, 5, wall.instant());
        set(statement, 6, wall.instant());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /// Counts what found no room.
  void miss(Connection connection, UUID webhookId, int events) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "update webhook set missed = missed + ? where webhook_id = ?")) {
      statement.setInt(1, events);
      statement.setObject(2, webhookId);
      statement.executeUpdate();
    }
  }

  /// Takes what is due, of each webhook so much that no more than `each` of it are under way here.
  ///
  /// @param underWay of each webhook, already
  List<Claimed> claim(Map<UUID, Integer> underWay, int each) throws SQLException {
    var now = wall.instant();
    var leasedUntil = now.plus(LEASE);
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        var claimed = lockDue(connection, underWay, each, now, leasedUntil);
        if (!claimed.isEmpty()) lease(connection, claimed, leasedUntil);
        connection.commit();
        return claimed;
      } finally {
        connection.rollback();
      }
    }
  }

  private static List<Claimed> lockDue(
      Connection connection,
      Map<UUID, Integer> underWay,
      int each,
      Instant now,
      Instant leasedUntil)
      throws SQLException {
    try (var statement = connection.prepareStatement(DUE)) {
      statement.setArray(1, connection.createArrayOf("uuid", underWay.keySet().toArray()));
      statement.setArray(2, connection.createArrayOf("int4", underWay.values().toArray()));
      set(statement, 3, now);
      set(statement, 4, now);
      statement.setInt(5, each);
      try (var rows = statement.executeQuery()) {
        List<Claimed> claimed = new ArrayList<>();
        while (rows.next()) claimed.add(claimed(rows, leasedUntil));
        return claimed;
      }
    }
  }

  /// Row by row: joined with what is due, the planner would read all that waits.
  private static void lease(Connection connection, List<Claimed> claimed, Instant leasedUntil)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            update webhook_delivery set leased_until = ? where webhook_id = ? and event_id = ?
            """)) {
      for (var delivery : claimed) {
        set(statement, 1, leasedUntil);
        statement.setObject(2, delivery.webhookId());
        statement.setObject(3, delivery.eventId());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static Claimed claimed(ResultSet rows, Instant leasedUntil) throws SQLException {
    return new Claimed(
        rows.getObject(1, UUID.class),
        rows.getObject(2, UUID.class),
        rows.getString(3),
        rows.getInt(4),
        rows.getString(5),
        SigningKey.of(rows.getString(6)),
        leasedUntil);
  }

  /// Writes down how an attempt ended.
  ///
  /// @return was it the last one, and failed?
  boolean record(Claimed delivery, Attempt attempt) throws SQLException {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        var parked =
            switch (attempt) {
              case Attempt.Taken _ -> {
                remove(connection, delivery);
                yield false;
              }
              case Attempt.Failed failed -> postpone(connection, delivery, failed);
            };
        tell(connection, delivery, attempt);
        connection.commit();
        return parked;
      } finally {
        connection.rollback();
      }
    }
  }

  private static void remove(Connection connection, Claimed delivery) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "delete from webhook_delivery where webhook_id = ? and event_id = ?")) {
      statement.setObject(1, delivery.webhookId());
      statement.setObject(2, delivery.eventId());
      statement.executeUpdate();
    }
  }

  /// Does nothing where the lease has ended and somebody else has it: then it is his to say.
  private boolean postpone(Connection connection, Claimed delivery, Attempt.Failed failed)
      throws SQLException {
    var isLast = delivery.attempts() >= RETRY_AFTER.size();
    var now = wall.instant();
    try (var statement =
        connection.prepareStatement(
            """
            update webhook_delivery
            set attempts = attempts + 1, next_at = ?, leased_until = null,
              last_status = ?, last_failure = ?, last_at = ?
            where webhook_id = ? and event_id = ? and leased_until = ?
            """)) {
      set(statement, 1, isLast ? null : now.plus(RETRY_AFTER.get(delivery.attempts())));
      set(statement, 2, failed.status());
      statement.setString(3, failed.why());
      set(statement, 4, now);
      statement.setObject(5, delivery.webhookId());
      statement.setObject(6, delivery.eventId());
      set(statement, 7, delivery.leasedUntil());
      return statement.executeUpdate() == 1 && isLast;
    }
  }

  private void tell(Connection connection, Claimed delivery, Attempt attempt) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            update webhook
            set last_event_id = ?, last_status = ?, last_failure = ?, last_at = ?
            where webhook_id = ?
            """)) {
      statement.setObject(1, delivery.eventId());
      switch (attempt) {
        case Attempt.Taken(var status) -> {
          statement.setInt(2, status);
          statement.setNull(3, Types.VARCHAR);
        }
        case Attempt.Failed(var status, var why) -> {
          set(statement, 2, status);
          statement.setString(3, why);
        }
      }
      set(statement, 4, wall.instant());
      statement.setObject(5, delivery.webhookId());
      statement.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, int index, @Nullable Integer number)
      throws SQLException {
    if (number == null) statement.setNull(index, Types.INTEGER);
    else statement.setInt(index, number);
  }

  private static void set(PreparedStatement statement, int index, @Nullable Instant instant)
      throws SQLException {
    if (instant == null) statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
    else statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
  }
}
