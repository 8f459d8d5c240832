package marketplace.edge.webhook;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import marketplace.edge.Page;
import marketplace.edge.webhook.WebhookView.AttemptView;
import marketplace.edge.webhook.WebhookView.DeliveryState;
import marketplace.edge.webhook.WebhookView.DeliveryView;
import org.jspecify.annotations.Nullable;

/// What people ask and order about webhooks, as rows.
final class Webhooks {
  static final int WEBHOOKS_MAX = 100;

  /// Guards the number of webhooks while one is added.
  private static final long ADDING = 0x776562686f6f6bL;

  private static final String WEBHOOKS =
      """
      select webhook.*,
        (select count(*) from webhook_delivery delivery
          where delivery.webhook_id = webhook.webhook_id and next_at is not null) as waiting,
        (select count(*) from webhook_delivery delivery
          where delivery.webhook_id = webhook.webhook_id and next_at is null) as parked
      from webhook
      """;

  private final InstantSource wall;

  Webhooks(InstantSource wall) {
    this.wall = wall;
  }

  /// @param secret of the form that `SigningKey` reads
  /// @return empty where there are too many already
  Optional<WebhookView> add(
      Connection connection,
      UUID id,
      String url,
      List<String> types,
      String secret,
      String createdBy)
      throws SQLException {
    try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, ADDING);
      lock.execute();
    }
    try (var statement =
        connection.prepareStatement(
            """
            insert into webhook (webhook_id, url, types, secret, created_by, recorded_at)
            select ?, ?, ?, ?, ?, ? where (select count(*) from webhook) < ?
            """)) {
      statement.setObject(1, id);
      statement.setString(2, url);
      statement.setArray(3, connection.createArrayOf("text", types.toArray()));
      statement.setString(4, secret);
      statement.setString(5, createdBy);
      statement.setObject(6, wall.instant().atOffset(ZoneOffset.UTC));
      statement.setInt(7, WEBHOOKS_MAX);
      statement.executeUpdate();
    }
    return find(connection, id);
  }

  Optional<WebhookView> find(Connection connection, UUID id) throws SQLException {
    try (var statement = connection.prepareStatement(WEBHOOKS + "where webhook_id = ?")) {
      statement.setObject(1, id);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(webhook(rows)) : Optional.empty();
      }
    }
  }

  /// Newest first.
  List<WebhookView> list(Connection connection, Page.@Nullable Place after, int limit)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            WEBHOOKS
                + "where ? or (recorded_at, webhook_id) < (?, ?)"
                + " order by recorded_at desc, webhook_id desc limit ?")) {
      statement.setBoolean(1, after == null);
      statement.setObject(2, (after == null ? Page.NEVER : after.at()).atOffset(ZoneOffset.UTC));
      statement.setObject(3, after == null ? null : after.id());
      statement.setInt(4, limit);
      try (var rows = statement.executeQuery()) {
        List<WebhookView> found = new ArrayList<>();
        while (rows.next()) found.add(webhook(rows));
        return found;
      }
    }
  }

  /// With all that waits for it.
  ///
  /// @return was there one?
  boolean delete(Connection connection, UUID id) throws SQLException {
    try (var statement = connection.prepareStatement("delete from webhook where webhook_id = ?")) {
      statement.setObject(1, id);
      return statement.executeUpdate() == 1;
    }
  }

  /// Newest first.
  ///
  /// @param state null for all
  List<DeliveryView> deliveries(
      Connection connection,
      UUID webhookId,
      @Nullable DeliveryState state,
      Page.@Nullable Place after,
      int limit)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            select * from webhook_delivery
            where webhook_id = ? and (? or (next_at is null) = ?)
              and (? or (recorded_at, event_id) < (?, ?))
            order by recorded_at desc, event_id desc limit ?
            """)) {
      statement.setObject(1, webhookId);
      statement.setBoolean(2, state == null);
      statement.setBoolean(3, state == DeliveryState.PARKED);
      statement.setBoolean(4, after == null);
      statement.setObject(5, (after == null ? Page.NEVER : after.at()).atOffset(ZoneOffset.UTC));
      statement.setObject(6, after == null ? null : after.id());
      statement.setInt(7, limit);
      try (var rows = statement.executeQuery()) {
        List<DeliveryView> found = new ArrayList<>();
        while (rows.next()) found.add(delivery(rows));
        return found;
      }
    }
  }

  /// A delivery that nobody else changes before this transaction ends.
  Optional<DeliveryView> lock(Connection connection, UUID webhookId, UUID eventId)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "select * from webhook_delivery where webhook_id = ? and event_id = ? for update")) {
      statement.setObject(1, webhookId);
      statement.setObject(2, eventId);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(delivery(rows)) : Optional.empty();
      }
    }
  }

  /// Lets a parked delivery begin anew, with all its attempts.
  Optional<DeliveryView> retry(Connection connection, UUID webhookId, UUID eventId)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            update webhook_delivery set attempts = 0, next_at = ?
            where webhook_id = ? and event_id = ? and next_at is null returning *
            """)) {
      statement.setObject(1, wall.instant().atOffset(ZoneOffset.UTC));
      statement.setObject(2, webhookId);
      statement.setObject(3, eventId);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(delivery(rows)) : Optional.empty();
      }
    }
  }

  private static WebhookView webhook(ResultSet row) throws SQLException {
    return new WebhookView(
        row.getObject("webhook_id", UUID.class),
        row.getString("url"),
        List.of((String[]) row.getArray("types").getArray()),
        row.getString("created_by"),
        time(row, "recorded_at"),
        row.getInt("waiting"),
        row.getInt("parked"),
        row.getLong("missed"),
        attempt(row, row.getObject("last_event_id", UUID.class)));
  }

  private static DeliveryView delivery(ResultSet row) throws SQLException {
    var eventId = row.getObject("event_id", UUID.class);
    var next = row.getObject("next_at", OffsetDateTime.class);
    return new DeliveryView(
        eventId,
        row.getString("type"),
        next == null ? DeliveryState.PARKED : DeliveryState.WAITING,
        row.getInt("attempts"),
        time(row, "recorded_at"),
        next == null ? null : next.toInstant(),
        attempt(row, eventId));
  }

  private static @Nullable AttemptView attempt(ResultSet row, UUID eventId) throws SQLException {
    var at = row.getObject("last_at", OffsetDateTime.class);
    if (at == null) return null;
    return new AttemptView(
        eventId,
        row.getObject("last_status", Integer.class),
        row.getString("last_failure"),
        at.toInstant());
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
